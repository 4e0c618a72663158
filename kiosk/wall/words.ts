export const words = {
  title: '政务公开屏 · 演示墙',
  lead: '演示数据：安澜县为虚构县。四块屏是真的页面，在管理后台发布的内容会立刻出现在这里。',
  touch: '触摸屏（竖屏）',
  television: '大厅电视 1920×1080',
  door: '门楣单色屏 384×64',
  hall: '大厅全彩屏 640×320',
  openAlone: '单独打开',
  time: '大屏时间',
  live: '现在',
  backToNow: '回到现在',
} as const;
