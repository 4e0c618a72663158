import { blocksEn } from './blocks.ts';
import type { TouchWords } from './touch-zh.ts';

const MONTHS = [
  '',
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
];
const WEEKDAYS = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const KINDS: Readonly<Record<string, string>> = {
  'policy-document': 'Policy documents',
  notice: 'Notices',
};
const moment = ({ month, day, clock }: { month: number; day: number; clock: string }) =>
  `${day} ${MONTHS[month]} ${clock}`;

/** Straight quotes: the Chinese font draws curly ones as wide as a character. */
export const touchEn: TouchWords = {
  language: 'en',
  blocks: blocksEn,
  product: 'Open government screen',
  demo: 'Demonstration data',
  kind: (kind) => KINDS[kind] ?? 'Other',
  count: (count) => `${count} ${count === 1 ? 'item' : 'items'}`,
  date: ({ year, month, day }) => `${day} ${MONTHS[month]} ${year}`,
  now: ({ month, day, weekday, clock }) => `${WEEKDAYS[weekday]} ${day} ${MONTHS[month]} ${clock}`,
  list: ', ',
  bar: {
    label: 'Controls',
    back: 'Back',
    home: 'Home',
    listen: 'Listen',
    stopListening: 'Stop',
    type: { standard: 'Large', large: 'Larger', largest: 'Normal' },
    low: 'Lower',
    high: 'Raise',
    desk: 'Help',
    language: '中文',
    finish: 'Finish',
  },
  home: {
    title: 'What are you looking for?',
    open: 'Open government',
    openHint: 'Policy documents and notices',
    issuers: 'By department',
    issuersHint: 'What each unit has made public',
    letters: 'By letter',
    lettersHint: 'First pinyin letter of the name',
    search: 'Search',
    searchHint: 'Pinyin initials are enough',
    latest: 'Latest',
  },
  attract: {
    start: 'Touch to start',
    free: 'No ID card, no registration.',
    latest: 'Latest',
    latestHint: 'Touch the screen to read it',
    ways: [
      'Policy documents and notices are all here.',
      'Text can be made larger, and controls lower.',
    ],
  },
  idle: {
    title: 'Are you still there?',
    text: (seconds) =>
      `Your session is cleared in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
    stay: 'Yes, continue',
    finish: 'Finish and clear',
  },
  fresh: (at) => `Updated ${moment(at)}`,
  carried: (at) => `Brought on a stick, exported ${moment(at)}`,
  offline: (at) =>
    `The network is down. Notices and documents can still be read. Updated ${moment(at)}.`,
  stale: (at) =>
    `This screen stopped at ${moment(at)} and may be out of date. Ask at a window or telephone first.`,
  neverProved:
    'The content of this screen is not confirmed and may be out of date. Ask at a window first.',
  clockLost: 'The clock of this screen is wrong. Items with an end date are not shown for now.',
  clockUnconfirmed: 'This screen is checking its clock.',
  pairing: (code, fingerprint) =>
    `Pairing code ${code.slice(0, 3)} ${code.slice(3)}, fingerprint ${fingerprint.slice(0, 6)} ${fingerprint.slice(6, 12)}`,
  records: {
    all: 'All',
    byCategory: 'By category',
    categories: 'By category',
    empty: 'Nothing is published here at present.',
    emptyNext: 'Try another category, or go to the home page.',
    until: ({ month, day }) => `Valid until ${day} ${MONTHS[month]}`,
  },
  pager: {
    label: 'Pages',
    previous: 'Previous',
    next: 'Next',
    at: (page, pages) => `Page ${page} of ${pages}`,
  },
  issuers: {
    title: 'By department',
    of: (letter) => `Units with ${letter}`,
    byLetter: 'By letter',
    letters: 'Units by pinyin letter',
    open: (name) => name,
  },
  document: {
    contents: 'Contents',
    closeContents: 'Back to text',
    previous: 'Section back',
    next: 'Next section',
    up: 'Page up',
    down: 'Page down',
    progress: (percent) => `${percent}% read`,
    reading: 'Text',
    tools: 'Reading',
    loading: 'Opening…',
    updated: 'This item has just been updated. The new text follows.',
    ended: 'This item has ended and is no longer shown.',
    stale: 'This item has not been confirmed for too long. Ask at a window or telephone.',
    withdrawn: 'This item has been withdrawn and is no longer shown.',
    goneNext: 'You may look at what else was published lately.',
  },
  search: {
    title: 'Search',
    input: 'Search for',
    placeholder: 'For example: tsgg or 停水',
    hint: 'Type pinyin initials: T S G G finds "停水公告".',
    found: (count) => `${count} found`,
    none: (query) => `Nothing contains "${query}".`,
    noneNext: 'Try fewer letters, or look another way:',
    preparing: 'Preparing search…',
    failed: 'Search is not available now. Look another way:',
    keyboard: 'Keyboard on the screen',
    letters: 'Letters',
    typewriter: '26 keys',
    digits: 'Digits',
    erase: 'Erase',
    clear: 'Clear',
    space: 'Space',
  },
  desk: {
    title: 'Help',
    go: 'Someone will help you here:',
    phone: 'Or telephone:',
    none: 'Please ask the staff in the hall.',
    hours: 'Opening hours',
    hoursOf: (from, until) => `${from}–${until}`,
    workdays: 'Working days',
    honest: 'This screen cannot call staff itself.',
  },
  office: {
    open: (until) => `Open until ${until}.`,
    break: (opens) => `Midday break, open again at ${opens}. Everything here can still be read.`,
    closedToday: (opens) =>
      `Not open yet, opens today at ${opens}. Everything here can still be read.`,
    closedTomorrow: (opens) =>
      `Closed, opens tomorrow at ${opens}. Everything here can still be read.`,
    closedUntil: (days, opens) =>
      `Closed, opens in ${days} days at ${opens}. Everything here can still be read.`,
    closed: 'Closed today. Everything here can still be read.',
  },
  error: {
    title: 'This page cannot be opened.',
    text: 'It is being fetched again. You can try once more.',
    retry: 'Try again',
    home: 'Home page',
  },
  boot: {
    title: 'This screen is receiving its content',
    text: 'The first time takes a moment; it appears by itself. Please go to a window meanwhile.',
    offline:
      'The server cannot be reached. Staff: check the network cable, or see "Screens" in the console.',
  },
  wrongKind: {
    title: 'This screen has the wrong address',
    ask: 'Please go to a window, or ask the staff in the hall.',
    staff:
      'For staff: this is the address of a touch screen, but the screen is registered as a board. Copy its own address from "Screens" in the console, or correct its kind.',
  },
};
