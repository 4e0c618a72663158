import type { Days } from './days.ts';
import type { DemoNotice } from './writing.ts';
import { PHONE, written } from './writing.ts';

/** What is made public before it is decided, and what work and enterprise need to know. */
export function noticesForBusiness(days: Days): DemoNotice[] {
  return [...publicity(days), ...rules(days), ...work(days)];
}

function publicity(days: Days): DemoNotice[] {
  return [
    {
      title: '老旧小区改造计划公示',
      category: '公示',
      body: written(
        `下列小区拟列入${days.year(0)}年第二批老旧小区改造计划，现予公示。公示期为${days.date(0)}至${days.date(6)}。`,
        [
          ['小区', '楼栋', '户数', '主要改造内容'],
          ['棉纺厂家属院', '6栋', '214', '供水、排水管网，屋面防水'],
          ['县医院家属院', '4栋', '132', '外墙保温，增设充电桩'],
          ['供销社家属院', '3栋', '96', '道路、照明，加装电梯2部'],
          ['文昌小区', '8栋', '320', '雨污分流，弱电入地'],
        ],
        `对公示内容有意见的，请在公示期内向县住房和城乡建设局反映，地址：本厅二楼C02号窗口，电话：${PHONE}。`,
      ),
      ledText:
        '棉纺厂、县医院、供销社家属院和文昌小区拟列入老旧小区改造计划，有意见请到二楼C02号窗口反映。',
      issuer: '安澜县住房和城乡建设局',
      department: '住房和城乡建设局',
      post: '城市更新股股长',
      validUntil: days.at(6, 24),
      docNo: `安建公示〔${days.year(0)}〕12号`,
    },
    {
      title: '县级农业产业化重点龙头企业拟认定名单公示',
      category: '公示',
      body: written(
        '经企业申报、乡镇推荐、部门审核，拟认定以下企业为县级农业产业化重点龙头企业，现予公示：',
        '一、安澜县禾丰面业有限公司；',
        '二、安澜县绿源蔬菜专业合作社；',
        '三、安澜县牧康乳业有限公司。',
        `公示期5个工作日。有异议的，请向县农业农村局产业发展股反映，电话：${PHONE}。`,
      ),
      ledText:
        '县级农业产业化重点龙头企业拟认定名单公示，共3家。有异议请向农业农村局产业发展股反映。',
      issuer: '安澜县农业农村局',
      department: '农业农村局',
      post: '产业发展股股长',
      validUntil: days.at(7, 24),
    },
  ];
}

function rules(days: Days): DemoNotice[] {
  return [
    {
      title: '关于食品小作坊登记证到期换证的通告',
      category: '通告',
      body: written(
        '登记证有效期届满、需要继续生产的食品小作坊，应当在期满30日前申请换证。',
        '所需材料：换证申请表、登记证原件、负责人身份证、从业人员健康证明。材料齐全的当场受理，10个工作日内办结，不收费。',
        '受理窗口：本厅一楼A08号。也可以网上提交，证照可以邮寄到家。',
      ),
      ledText: '食品小作坊登记证期满30日前请申请换证，一楼A08号窗口受理，10个工作日办结，不收费。',
      issuer: '安澜县市场监督管理局',
      department: '市场监督管理局',
      post: '食品生产监管股股长',
      validUntil: days.at(45, 24),
    },
    {
      title: '县道安遂线安澜大桥封闭施工绕行通告',
      category: '通告',
      body: written(
        `因安澜大桥维修加固，${days.date(2)}8时至${days.date(32)}18时，县道安遂线安澜大桥双向封闭，禁止一切车辆通行。`,
        '小型车辆请绕行滨河路、迎宾大道；大型货车请绕行国道。行人和非机动车可以走桥西侧便道。',
      ),
      ledText: `${days.date(2)}8时起，安澜大桥封闭施工，小型车绕行滨河路、迎宾大道，货车绕行国道。`,
      issuer: '安澜县交通运输局',
      department: '交通运输局',
      post: '公路养护股股长',
      validUntil: days.at(32, 18),
      docNo: `安交通告〔${days.year(0)}〕5号`,
      carriers: ['touch'],
    },
  ];
}

function work(days: Days): DemoNotice[] {
  return [
    {
      title: '免费职业技能培训报名通知',
      category: '招聘培训',
      body: written(
        `第三期免费职业技能培训开始报名，${days.dateWithWeekday(5)}17时截止。`,
        [
          ['工种', '名额', '课时', '上课时间'],
          ['养老护理员', '40人', '60课时', '周一至周五晚'],
          ['电工（初级）', '30人', '80课时', '周末全天'],
          ['中式面点', '40人', '60课时', '周一至周五下午'],
        ],
        '凡年满16周岁、有就业意愿的城乡劳动者都可以报名。考试合格的发给证书，推荐就业。',
        '报名地点：本厅一楼A10号窗口，请带身份证。',
      ),
      ledText: `免费培训养老护理员、电工、中式面点，${days.date(5)}17时截止报名，请到一楼A10号窗口。`,
      issuer: '安澜县人力资源和社会保障局',
      department: '人力资源和社会保障局',
      post: '职业能力建设股股长',
      validUntil: days.at(5, 17),
    },
    {
      title: '个体工商户税费优惠政策申报提醒',
      category: '惠民信息',
      body: written(
        '符合条件的个体工商户可以享受减半征收个人所得税等优惠。优惠在申报时直接享受，不用另外报送资料，也不用找人代办。',
        '不会网上申报的，请到本厅二楼B10号窗口，有专人教。凡以“代办退税”为名索要银行卡密码、验证码的，都是诈骗。',
      ),
      ledText: '个体工商户税费优惠申报即享，不用代办。不会网上申报，请到二楼B10号窗口，有专人教。',
      issuer: '国家税务总局安澜县税务局',
      department: '税务局',
      post: '纳税服务股股长',
      validUntil: days.at(30, 24),
    },
  ];
}
