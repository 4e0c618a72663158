import type { refusalsZh } from './refusals-zh.ts';

export const refusalsEn: typeof refusalsZh = {
  refusals: {
    malformed:
      'Something is not filled in as required; nothing was saved. Check the marked places and try again.',
    'too-large': 'Too long; nothing was saved. Split it, or leave out what is not needed.',
    'signed-out': 'Your session has ended. Sign in again; what you wrote is still here.',
    'wrong-credentials':
      'Account or password is wrong. Check capital letters and try again. Five wrong tries lock the account for 30 minutes.',
    locked:
      'Five wrong tries: the account is locked for 30 minutes. If it is urgent, ask the administrator.',
    'too-many-tries': 'Too many tries. Wait a few minutes and try again.',
    forbidden: 'You are not allowed to do this. If you should be, ask the administrator.',
    'wrong-origin': 'This page’s address is not the server’s. Open the address the server gives.',
    'not-found': 'Not found: deleted, or it belongs to another department.',
    conflict: 'Somebody saved other changes first. Look at both, then decide.',
    'wrong-state':
      'Things have moved on and this step is no longer possible. Look at the latest state.',
    'own-work': 'You wrote in this version; somebody else must review it.',
    'account-closed': 'This account is closed. To use it again, ask the administrator.',
    'own-account':
      'Not for your own account: ask another administrator. Your own password is changed under “My account”.',
    changed: 'It was changed after you saw it and was not approved. Look again before you decide.',
    'reason-missing': 'Please give a reason.',
    incomplete:
      'Something required is missing, so it was not submitted. Complete the marked places.',
    'not-public': 'This is not for the public and cannot go on public screens.',
    over: 'Its end has passed already, so no screen would show it. Change the end, then submit it.',
    'too-long-for-board':
      'The board text is too long for one turn. Shorten it; touch screens have the details.',
    'weak-password':
      'Too simple. Use at least 10 characters with three of capitals, small letters, digits and signs, or at least 16 of any; no name, account, unit or common word.',
    'window-empty': 'There is no moment to show it in this time. Check start and end.',
    'not-published': 'This is not published and cannot go on screens. Submit it for review first.',
    'storage-full':
      'The server’s disk is full; nothing was saved. What you wrote is still here. Have space freed, then save again.',
    'read-only':
      'The server’s storage has failed and cannot save. What you wrote is still here. Tell the server room at once.',
    busy: 'The server is busy. Wait a few seconds and try again.',
    'clock-suspect':
      'The server’s clock is wrong, so publishing has stopped. An administrator must set and confirm the clock.',
    restored:
      'This hall was restored from a backup and publishes nothing yet. An administrator must run npm run hall -- raise-epoch on the server.',
    'key-missing':
      'A signing key of the server is lost or damaged. An administrator must restore it from a backup.',
    'not-out':
      'Noted, but the screens could not be told yet; the server tries again every minute. If this lasts, ask an administrator.',
    'receipt-forged':
      'This receipt is not genuine, or it was damaged: its signature does not match. Take a new one at the screen.',
    'receipt-old': 'This receipt was noted before, or a newer one was. Take the latest.',
    'receipt-key':
      'This receipt is signed by another key than the one paired. If the machine was replaced or cleared, unpair it first, then note the receipt.',
    internal:
      'Something unexpected happened in the server. What you wrote is still here. Try again, or ask the administrator.',
    unreachable:
      'The server cannot be reached; nothing was done. What you wrote is still here. Try again later.',
    unreadable:
      'The server’s answer was not understood; it may be updating. Reload the page, or ask the administrator.',
  },
  problems: {
    fetching: 'Fetching new content, usually done within seconds.',
    'no-space':
      'This screen’s storage is full. Restart it; if that does not help, call maintenance.',
    'bad-statement':
      'This screen got a message it does not understand. Open its address again to update it.',
    rollback:
      'Something tried to take this screen back to old content. Look for another server in the network.',
    conflict:
      'This screen got two contradicting messages and stopped updating. Call the administrator at once.',
    unsigned:
      'Content without a trusted signature was refused. Check that the screen’s address is the one given here.',
    'bad-object': 'Damaged content was refused and is being fetched again.',
    'missing-object': 'Some content is missing on the server. Publish it once more.',
    'too-large':
      'The new content does not fit on this screen. Reduce it, or use a device with more storage.',
    'not-public': 'Content that is not public was refused. Call the administrator.',
    'clock-lost':
      'This screen does not know the time and has put away what ends soon. Connect it to the network.',
    'not-painting':
      'New content has arrived but is not drawn. See whether the screen is dark or stuck; restart it.',
  },
};
