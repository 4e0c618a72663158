import type { TechnicianWords } from './technician-zh.ts';

export const technicianEn: TechnicianWords = {
  language: 'en',
  other: '中文',
  title: 'Technician’s page',
  screen: 'Screen',
  none: 'No content yet',
  content: 'Content',
  carried: (times, when) => `Publication ${times}, exported to a stick ${when}`,
  online: (times, when) => `Publication ${times}, updated ${when}`,
  clock: 'Time',
  clocks: {
    confirmed: 'confirmed over the network',
    unconfirmed: 'by this machine’s clock, not confirmed over a network',
    lost: 'wrong. What has an end date is not shown. Set this machine’s clock, then choose the file again',
  },
  program: 'Program',
  failures: { threw: 'an error at start', 'not-painted': 'no picture' },
  rolledBack: (failed, why) =>
    `The new build ${failed} failed to start three times (${why}): this one runs again, and that one is not tried again. Tell the administrator; once the server has a mended build, it installs by itself over the network.`,
  fingerprint: 'Fingerprint',
  ask: 'Without a network, bring new content on a stick',
  explain:
    'Choose the .ohs file that the console exported. The screen checks signatures and version itself; what does not pass is not shown.',
  file: 'Choose a file',
  folder: 'Choose the stick’s folder; the receipt is written back',
  reading: (megabytes) => `Reading the stick: ${megabytes} MB so far. Do not pull it out.`,
  troubles: {
    rollback:
      'This file is older than what the screen has; nothing was changed. Export again and bring the latest.',
    conflict:
      'This file contradicts what the screen has and was not taken. Call the administrator at once.',
    'other-screen':
      'The file has nothing for this screen; nothing was changed. Choose this screen when exporting.',
    'other-hall':
      'This file is of another hall and was not taken. Use one that this hall’s console exported.',
    'other-version':
      'The file and the screen’s program are of different versions. Update the program over a network first, then export again.',
    'other-format':
      'The file and the screen’s program are of different versions. Update the program over a network first, then export again.',
    'not-a-stick':
      'This is no content file. Choose the one whose name begins with openhall and ends with .ohs.',
    'cut-off': 'The file is not whole. Copy it again, and eject the stick before pulling it out.',
    overlong:
      'The file is longer than it should be and was not taken. Download it and copy it again.',
    damaged: 'The file is damaged and was not taken. Download it and copy it again.',
    'bad-object':
      'Part of the file is damaged; it was not taken. Copy it again, or use another stick.',
    'missing-object': 'Part of the file is missing; it was not taken. Export again in the console.',
    unreadable: 'The stick cannot be read. Plug it in again, or use another one.',
    fetching:
      'The stick broke off half way; nothing was changed. Plug it in and choose the same file again: reading goes on.',
    'no-space':
      'This machine’s storage is full; nothing was changed. Free some space, restart and try again.',
    'too-large': 'The content is too large for this machine. Call the administrator.',
    unsigned:
      'The file’s signatures are not to be trusted; it was not taken. Use one that this hall’s console exported.',
    'bad-statement':
      'The file cannot be understood, or was exported later than it is on this screen. Check this machine’s clock and export again.',
    'not-public':
      'The file has content that is not public; it was not taken. Call the administrator.',
    'clock-lost': 'This machine does not know the time. Set its clock, then choose the file again.',
    'not-painting': 'The content was taken but not drawn. Restart this machine.',
    'no-file': 'There is no .ohs file in this folder. Choose the folder the file is in.',
    'no-folder':
      'No folder was chosen, or reading and writing were not allowed. “Choose a file” works too.',
  },
  taken: {
    shown: 'It is shown now.',
    same: 'The screen had this version already.',
    soon: 'Taken; it is shown within a minute.',
  },
  receipt: 'Receipt',
  written: (name) =>
    `The receipt is on the stick: ${name}. Pull the stick out and note the receipt in the console.`,
  unwritten: 'The receipt could not be written on the stick. Take it back in one of these ways:',
  handed: 'Take the receipt back and note it in the console, in one of these ways:',
  download: 'Save the receipt',
  scan: 'Scan this code with a telephone and send the text',
  close: 'Close, back to the screen',
};
