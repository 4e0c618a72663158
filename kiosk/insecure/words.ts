/** What a screen says that was opened by plain http, in both languages: nobody is there to choose. */
export const insecureZh = {
  title: '这块屏的网址不是安全连接',
  wrong: (opened: string) =>
    `这个网页是用 ${opened} 打开的。用这样的网址，浏览器断网后什么也留不住，所以公开屏没有启动。`,
  ask: '请告诉大厅里的工作人员。',
  staff: '工作人员请这样做',
  looking: '正在查看大厅有没有安全网址…',
  address: '改用这个安全网址：',
  install: (file: string) =>
    `如果浏览器说它“不是私密连接”，先安装大厅证书机构（${file}），或在服务器上执行 npm run hall -- screen-setup，用生成的安装包装好这台机器。`,
  none: '大厅还没有安全网址。请在服务器上执行 npm run hall -- tls，重新启动服务，再用 https 网址打开。',
  unreachable: '现在连不上大厅的服务器，看不到安全网址。请先检查网线和服务器。',
  pilot: (policy: string) => `只是试用几天：可用浏览器策略放行这一个网址：${policy}`,
};

export const insecureEn: typeof insecureZh = {
  title: 'This screen was opened by an insecure address',
  wrong: (opened) =>
    `It was opened by ${opened}. Under such an address browsers keep nothing offline, so the screen did not start.`,
  ask: 'Please tell the hall’s staff.',
  staff: 'What staff should do',
  looking: 'Looking for the hall’s secure address …',
  address: 'Use this secure address:',
  install: (file) =>
    `If the browser does not trust it, install the hall authority (${file}), or prepare this machine with the kit made on the server by npm run hall -- screen-setup.`,
  none: 'The hall has no secure address yet. Run npm run hall -- tls on the server, start it again, and open the https address.',
  unreachable: 'The server cannot be reached now. Check the cable and the server first.',
  pilot: (policy) => `For a pilot only, a browser policy can allow this one address: ${policy}`,
};
