# Makes this Windows machine a screen of the hall. Run as administrator:
#   powershell -ExecutionPolicy Bypass -File install.ps1
# Take it back: the same with -Remove
param([switch]$Remove)
$ErrorActionPreference = 'Stop'
$here = Split-Path -Parent $MyInvocation.MyCommand.Path
$folder = "$env:ProgramData\OpenHallScreen"
$task = 'OpenHallScreen'

if ($Remove) {
  schtasks.exe /Delete /F /TN $task 2>$null
  foreach ($vendor in 'Chromium', 'Google\Chrome', 'Microsoft\Edge') {
    Remove-Item -Recurse -ErrorAction SilentlyContinue "HKLM:\SOFTWARE\Policies\$vendor"
  }
  Remove-Item -Recurse -ErrorAction SilentlyContinue $folder
  Write-Output 'Removed.'
  exit 0
}

New-Item -ItemType Directory -Force $folder | Out-Null
Copy-Item "$here\keep-open.ps1", "$here\address.txt" $folder -Force
if (Test-Path "$here\hall-authority.crt") {
  certutil.exe -f -addstore Root "$here\hall-authority.crt" | Out-Null
}
reg.exe import "$here\policies.reg"

# The glass stays on, and nothing asks for a restart in opening hours.
powercfg.exe /change monitor-timeout-ac 0
powercfg.exe /change standby-timeout-ac 0
reg.exe add 'HKLM\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU' /v NoAutoRebootWithLoggedOnUsers /t REG_DWORD /d 1 /f | Out-Null
# A swipe from the edge opens nothing.
reg.exe add 'HKLM\SOFTWARE\Policies\Microsoft\Windows\EdgeUI' /v AllowEdgeSwipe /t REG_DWORD /d 0 /f | Out-Null

$run = "powershell.exe -WindowStyle Hidden -ExecutionPolicy Bypass -File $folder\keep-open.ps1"
schtasks.exe /Create /F /TN $task /SC ONLOGON /RL LIMITED /TR $run | Out-Null
Write-Output 'Done. Restart the machine.'
