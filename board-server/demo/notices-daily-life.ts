import type { Days } from './days.ts';
import type { DemoNotice } from './writing.ts';
import { PHONE, written } from './writing.ts';

/** What touches everyone: water, power, windows, insurance, what was lost. */
export function noticesForDailyLife(days: Days): DemoNotice[] {
  return [...supply(days), ...windows(days), ...care(days), ...house(days)];
}

function supply(days: Days): DemoNotice[] {
  const night = `${days.date(1)}22时至${days.date(2)}6时`;
  const morning = `${days.date(3)}7时至12时`;
  return [
    {
      title: '滨河路供水管网改造停水公告',
      category: '停水停电',
      body: written(
        `因滨河路老旧供水管网改造，定于${night}停水。停水范围和临时供水点如下：`,
        [
          ['停水范围', '受影响用户', '临时供水点'],
          ['滨河路（文化街至育才街）', '沿街商户', '滨河路与文化街交叉口东北角'],
          ['滨河花园小区', '1号楼至12号楼', '小区南门内'],
          ['安澜县第二中学家属院', '全部', '院内锅炉房旁'],
          ['北苑小区', '3号楼、4号楼', '小区东门外'],
        ],
        '请提前储水，停水期间关好水龙头。恢复供水初期水质可能发黄，请先放水两三分钟再饮用。',
        `施工进度如有变化，另行公告。供水服务电话：${PHONE}（24小时）。`,
      ),
      ledText: `停水公告：${night}，滨河路（文化街至育才街）、滨河花园、北苑3号4号楼停水，请提前储水。`,
      issuer: '安澜县供水公司',
      department: '供水公司',
      post: '管网运行部调度岗',
      validUntil: days.at(2, 6),
    },
    {
      title: '城东片区计划检修停电公告',
      category: '停水停电',
      body: written(
        `因10千伏城东线设备检修，${morning}以下区域停电：`,
        '一、光明街（人民路至富强路）两侧居民和商户；',
        '二、东关村全村；',
        '三、城东农贸市场。',
        '请提前做好准备，用电设备注意断开电源。检修结束后随时送电，请视线路为带电，注意安全。',
      ),
      ledText: `停电公告：${morning}，光明街、东关村、城东农贸市场计划检修停电，请提前安排。`,
      issuer: '安澜县供电公司',
      department: '供电公司',
      post: '配电运检班',
      validUntil: days.at(3, 12),
    },
  ];
}

function windows(days: Days): DemoNotice[] {
  return [
    {
      title: '不动产登记窗口临时调整公告',
      category: '窗口变动',
      body: written(
        `因一楼西厅改造，${days.date(0)}至${days.date(7)}，不动产登记窗口由一楼A12至A16号临时调整到二楼B03至B07号，业务照常办理。`,
        '行动不便的群众请到一楼总服务台，由工作人员陪同办理或者代为取号。',
      ),
      ledText: `窗口变动：${days.date(7)}前，不动产登记在二楼B03至B07号窗口办理。行动不便请找一楼总服务台。`,
      issuer: '安澜县自然资源局',
      department: '自然资源局',
      post: '不动产登记中心窗口组长',
      validUntil: days.at(7, 24),
    },
    {
      title: '社会保障卡制卡窗口暂停办理公告',
      category: '窗口变动',
      body: written(
        '因制卡设备检修，社会保障卡制卡、换卡业务今日暂停办理，预计五小时内恢复。电子社保卡申领不受影响，可以用手机办理。',
        '急需使用实体卡的，可以到中国邮政储蓄银行安澜县支行办理，请带身份证。',
      ),
      ledText: '社会保障卡制卡设备检修，今日暂停制卡、换卡，预计五小时内恢复。电子社保卡照常申领。',
      issuer: '安澜县人力资源和社会保障局',
      department: '人力资源和社会保障局',
      post: '社保卡窗口负责人',
      validUntil: days.now + 5 * 3_600_000,
    },
    {
      title: '医保结算系统升级期间业务安排公告',
      category: '系统故障',
      body: written(
        `按照上级统一安排，医保信息平台定于${days.date(0)}22时至${days.date(1)}6时升级维护。`,
        '升级期间，医保缴费、异地就医备案、门诊慢特病申请暂停办理；定点医疗机构急诊、住院照常，费用先行记账，升级后结算。',
      ),
      ledText: `医保信息平台${days.date(0)}22时至${days.date(1)}6时升级，缴费、备案暂停，急诊和住院照常。`,
      issuer: '安澜县医疗保障局',
      department: '医疗保障局',
      post: '医保经办中心信息岗',
      validUntil: days.at(1, 6),
    },
  ];
}

function care(days: Days): DemoNotice[] {
  return [
    {
      title: '城乡居民基本医疗保险缴费办理提醒',
      category: '惠民信息',
      body: written(
        '城乡居民基本医疗保险正在集中缴费。没有缴费的，请尽快办理，以免影响待遇。',
        '手机办理：在税务局微信公众号或者支付宝“社保缴费”中办理，可以替家人代缴。',
        '窗口办理：带身份证或者户口簿，到本厅一楼A05、A06号窗口，或者到乡镇便民服务中心。',
        '特困人员、低保对象、返贫致贫人口按规定享受参保资助，具体标准请问医疗保障窗口。',
      ),
      ledText: `城乡居民医保正在集中缴费，${days.date(20)}前请用手机或者到A05、A06号窗口办理。`,
      issuer: '安澜县医疗保障局',
      department: '医疗保障局',
      post: '参保登记岗',
      validUntil: days.at(20, 24),
    },
    {
      title: '婚姻登记“跨省通办”和预约办理的通告',
      category: '通告',
      body: written(
        '结婚登记、离婚登记不受户籍地限制，双方带身份证到婚姻登记处即可办理。',
        '上午人数较多，建议提前预约：手机预约可以选到具体时段；不会用手机的，请打电话或者在总服务台由工作人员代为预约。',
      ),
      ledText: '',
      issuer: '安澜县民政局',
      department: '民政局',
      post: '婚姻登记处主任',
      validUntil: days.at(60, 24),
      summary: '结婚登记、离婚登记不受户籍地限制，带身份证即可办理，建议提前预约。',
      carriers: ['touch'],
    },
  ];
}

function house(days: Days): DemoNotice[] {
  return [
    {
      title: '政务服务大厅失物招领启事',
      category: '失物招领',
      body: written(
        `${days.date(-1)}下午，保洁人员在一楼等候区拾到黑色双肩包一个，内有书本、水杯等物。`,
        '请失主带身份证到一楼总服务台，说明物品特征后领取。',
      ),
      ledText: '',
      issuer: '安澜县政务服务中心',
      department: '政务服务中心',
      post: '总服务台值班岗',
      validUntil: days.at(14, 24),
      summary: '一楼等候区拾到黑色双肩包一个，请失主到总服务台领取。',
      carriers: ['touch'],
    },
    {
      title: '延时服务和周末预约办理安排',
      category: '其他',
      body: written(
        '工作日中午12时至13时30分，值班窗口照常受理；下班前没有办完的，窗口办完为止。',
        '周末办理实行预约：请在周五16时前打电话或者到总服务台预约，周六上午8时30分至11时30分办理。',
      ),
      ledText: '工作日中午有值班窗口。周六上午可以预约办理，周五16时前到总服务台或者打电话预约。',
      issuer: '安澜县政务服务中心',
      department: '政务服务中心',
      post: '大厅管理岗',
      validUntil: days.at(90, 24),
    },
  ];
}
