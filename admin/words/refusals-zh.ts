import type { Problem } from '../../shared/protocol/report.ts';
import type { FailureCode } from '../client/client.ts';

const refusals: Record<FailureCode, string> = {
  malformed: '有一项填得不合要求，没有保存。请检查标出的地方，再试一次。',
  'too-large': '内容太长，没有保存。请拆成几条，或删去不必要的部分。',
  'signed-out': '登录已失效。请重新登录，您写的内容还在。',
  'wrong-credentials': '账号或密码不对。请看看大小写，再试一次。连错五次会锁定 30 分钟。',
  locked: '密码连错五次，账号已锁定 30 分钟。急用请找系统管理员。',
  'too-many-tries': '试得太频繁了。请等几分钟再试。',
  forbidden: '您没有做这件事的权限。如果应当有，请找系统管理员。',
  'wrong-origin': '这个页面的地址与服务器不一致。请用服务器给出的地址重新打开。',
  'not-found': '没有找到，可能已被删除，或不属于您的部门。',
  conflict: '有人先存了另一份修改。请看过两份再决定。',
  'wrong-state': '状态已经变了，这一步现在做不了。请刷新后看最新情况。',
  'own-work': '您写过这一版，要由别人审核。',
  changed: '您看过之后，内容又被改了，没有批准。请重新看过再决定。',
  'reason-missing': '请写明原因。',
  incomplete: '还有必填的没填好，不能提交。请补上标出的地方。',
  'not-public': '这条内容不对公众公开，不能放到公众的屏上。',
  over: '到期时间已经过去，这条不会在任何屏上显示。请先改到期时间，再提交审核。',
  'too-long-for-board': '大屏文字太长，一轮播不完。请写短一些，详情留给触摸屏。',
  'weak-password':
    '新密码太简单。请至少 10 位，字母大小写、数字、符号里有三种；或者至少 16 位。不要用姓名、账号、单位或常见的词。',
  'window-empty': '这个时段里没有可播的时间。请检查起止时间。',
  'not-published': '这条还没有发布，不能上屏。请先提交审核。',
  'storage-full': '服务器磁盘满了，没有保存。您写的内容还在；请通知机房同事腾出空间，再保存一次。',
  'read-only': '服务器存储出了故障，暂时不能保存。您写的内容还在；请马上通知机房同事。',
  busy: '服务器正忙。请稍等几秒再试一次。',
  'clock-suspect': '服务器的时钟不对，已停止发布，以免内容错时上屏。请系统管理员校准时钟并确认。',
  restored:
    '这个大厅是从备份恢复的，还没有重新启用，现在不发布。请系统管理员在服务器上执行 npm run hall -- raise-epoch。',
  'key-missing': '服务器的一个签名密钥丢失或损坏，这一步做不了。请系统管理员用备份恢复。',
  'not-out': '已经记下，但还没能发到屏上，服务器每分钟自动再试。几分钟后仍没发出，请找系统管理员。',
  'receipt-forged': '这份回执不是真的，或者传坏了：签名对不上。请到屏前重新取一份。',
  'receipt-old': '这份回执已经登记过，或者比登记过的旧。请取最新的一份。',
  'receipt-key':
    '这份回执的钥匙不是这块屏配对时的那一把。屏换过机器或清过数据时，请先取消配对，再登记。',
  internal: '服务器出了意外，没有做成。您写的内容还在；请再试一次，还不行请联系系统管理员。',
  unreachable: '连不上服务器，没有做成。您写的内容还在，连上后再试一次。',
  unreadable: '服务器的回答看不懂，可能正在升级。请刷新页面；还不行请联系系统管理员。',
};

const problems: Record<Problem, string> = {
  fetching: '正在下载新内容，通常几秒钟内完成。',
  'no-space': '这块屏的存储满了，新内容放不下。请重启这块屏；还不行请联系维护人员。',
  'bad-statement': '这块屏收到的通知看不懂，没有采用。请让它重新打开地址，更新程序。',
  rollback: '有人想让这块屏退回旧内容，已拒绝。请检查网络里有没有别的服务器。',
  conflict: '这块屏收到两份互相矛盾的通知，已停止更新。请马上联系系统管理员。',
  unsigned: '收到的内容没有可信的签名，没有采用。请检查屏的地址是否是这里给出的地址。',
  'bad-object': '下载的内容有损坏，没有采用，正在重新下载。',
  'missing-object': '有内容在服务器上找不到。请把这条内容重新发布一次。',
  'too-large': '新内容太大，这块屏放不下。请减少内容，或换存储大的设备。',
  'not-public': '收到了不对公众公开的内容，已拒绝显示。请联系系统管理员。',
  'clock-lost': '这块屏不知道现在几点，快到期的内容已先收起。请接上网络校时。',
  'not-painting': '新内容已收到，但屏上没有画出来。请看看屏是否黑屏或死机，必要时重启。',
};

/** What happened and what to do, for every code that a server or a screen may answer. */
export const refusalsZh = { refusals, problems };
