/** Words around blocks, wherever they are drawn. */
export const blocksZh = {
  facts: '基本信息',
  contact: '咨询',
  phone: '电话',
  remark: '编者注：',
};
export type BlockWords = typeof blocksZh;

export const blocksEn: BlockWords = {
  facts: 'Facts',
  contact: 'Ask',
  phone: 'Telephone',
  remark: 'Note by the editor: ',
};
