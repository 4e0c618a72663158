# Opens the screen's browser, and opens it again when it ended, hangs or its page gives no sign. The
# page changes its title every five seconds as long as it lives.
$address = (Get-Content "$PSScriptRoot\address.txt" -TotalCount 1).Trim()
$profileFolder = "$env:LOCALAPPDATA\OpenHallScreen"
$browser = @(
  "$env:ProgramFiles\Google\Chrome\Application\chrome.exe",
  "${env:ProgramFiles(x86)}\Google\Chrome\Application\chrome.exe",
  "$env:ProgramFiles\Chromium\Application\chrome.exe",
  "${env:ProgramFiles(x86)}\Microsoft\Edge\Application\msedge.exe"
) | Where-Object { Test-Path $_ } | Select-Object -First 1
if (-not $browser) { exit 1 }

while ($true) {
  $started = Start-Process -PassThru $browser -ArgumentList @(
    '--kiosk', "--user-data-dir=`"$profileFolder`"", '--no-first-run', '--no-default-browser-check',
    '--noerrdialogs', '--hide-crash-restore-bubble', '--disable-pinch',
    '--overscroll-history-navigation=0', '--autoplay-policy=no-user-gesture-required',
    "`"$address`""
  )
  $last = ''
  $quiet = 0
  $limit = 120
  while ($quiet -lt $limit) {
    Start-Sleep -Seconds 5
    $started.Refresh()
    if ($started.HasExited) { break }
    if ($started.Responding -and $started.MainWindowTitle -ne $last) {
      if ($last -ne '') { $limit = 30 }
      $last = $started.MainWindowTitle
      $quiet = 0
    } else { $quiet += 5 }
  }
  if (-not $started.HasExited) { taskkill.exe /F /T /PID $started.Id | Out-Null }
  Start-Sleep -Seconds 1
}
