import type { Locale } from 'use-intl'
import { accessSentences } from './access-sentences.ts'
import { consumerSentences } from './consumer-sentences.ts'
import { gatewaySentences } from './gateway-sentences.ts'
import { modelApiSentences } from './model-api-sentences.ts'
import { moderationSentences } from './moderation-sentences.ts'
import { probeSentences } from './probe-sentences.ts'
import { providerSentences } from './provider-sentences.ts'
import { serviceSentences } from './service-sentences.ts'

/**
 * Chinese for the sentences that schemas and the API write in English. `{}` stands for whatever the sentence
 * carries (a number, an address, a name, another sentence) and keeps its place, unless Chinese numbers the places;
 * a sentence that is not here stays English.
 */
const chinese: ReadonlyArray<readonly [english: string, chinese: string]> = [
  // First, because what it carries are sentences of their own.
  ['{}; serves all the same, because too few others are fit', '{}；其他正常实例过少，仍接收请求'],
  ['A zone is named twice.', '同一个可用区写了两次。'],
  ['Add at least one instance.', '请至少添加一个实例。'],
  ['At least {} KiB.', '至少 {} KiB。'],
  ['At least {} characters.', '至少 {} 个字符。'],
  ['At least {} ms.', '至少 {} 毫秒。'],
  ['At least {} s.', '至少 {} 秒。'],
  ['At most {} KiB.', '最多 {} KiB。'],
  ['At most {} GiB.', '最多 {} GiB。'],
  ['At most {} addresses at once.', '一次最多 {} 个地址。'],
  ['At most {} characters.', '最多 {} 个字符。'],
  ['At most {} h.', '最多 {} 小时。'],
  ['At most {} instances.', '最多 {} 个实例。'],
  ['At most {} labels.', '最多 {} 个标签。'],
  ['At most {} min.', '最多 {} 分钟。'],
  ['At most {} s.', '最多 {} 秒。'],
  ['At least {} a second.', '每秒至少 {} 次。'],
  ['At most {} a second.', '每秒最多 {} 次。'],
  ['At most {} address blocks.', '最多 {} 个地址段。'],
  ['At most as many as the answers that are looked at.', '不能多于最近应答数。'],
  ['Not shorter than the first ejection.', '不能短于首次摘除时长。'],
  [
    'The PROXY protocol needs at least one trusted proxy: nobody else may send its header.',
    'PROXY 协议至少需要一个受信任的代理：其他来源不得发送该协议头。',
  ],
  ['Fill this in.', '请填写此项。'],
  ['This is missing.', '缺少此项。'],
  ['Letters, digits, . _ / and -, at most {}.', '可用字母、数字以及 . _ / -，最多 {} 个字符。'],
  ['Lower-case letters, digits and -, {} to {}.', '可用小写字母、数字和 -，{} 到 {} 个字符。'],
  [
    'Start with a lower-case letter; then lower-case letters, digits and -, {} to {} in all.',
    '以小写字母开头，之后可用小写字母、数字和 -，共 {} 到 {} 个字符。',
  ],
  [
    'Start with a lower-case letter; then lower-case letters, digits and _, {} to {} in all.',
    '以小写字母开头，之后可用小写字母、数字和 _，共 {} 到 {} 个字符。',
  ],
  [
    'This word is part of an address of the API. Choose another name.',
    '该词是 API 地址的一部分，请换一个名称。',
  ],
  ['Make the timeout shorter than the interval.', '超时时间须短于检查间隔。'],
  ['Name a time zone as IANA does, such as {}.', '请填写 IANA 时区名称，例如 {}。'],
  ['Name at least one zone.', '请至少填写一个可用区。'],
  ['Paste the base, not the path: {}', '请粘贴基础地址，不含路径：{}'],
  ['Remove everything from ? or # on.', '请去掉 ? 或 # 及其后的内容。'],
  ['Remove line breaks and control characters.', '请去掉换行和控制字符。'],
  [
    'Remove the user and password; use the upstream credential instead.',
    '请去掉地址中的用户名和密码，改用上游凭证。',
  ],
  ['Start with / and leave out spaces, ? and #.', '以 / 开头，不含空格、? 和 #。'],
  ['Start with http:// or https://.', '请以 http:// 或 https:// 开头。'],
  ['This is not a header name.', '这不是合法的请求头名称。'],
  ['This is not an address. Write it like {}.', '这不是合法的地址，写法示例：{}。'],
  ['This repeats instance {}. Raise its weight instead.', '与实例 {} 重复，请改为提高它的权重。'],
  ['Write an address block such as {}.', '请填写地址段，例如 {}。'],
  ['Write an address such as {}.', '请填写邮箱地址，例如 {}。'],
  ['Write at least one address.', '请至少填写一个地址。'],
  ['Write what it is for.', '请写明用途。'],
  ['Write your name.', '请填写你的姓名。'],
  ['This name is used twice.', '这个名称用了两次。'],
  ['This is the active token. Rotate it instead.', '这是当前令牌，请改为轮换。'],
  ['Someone changed it meanwhile.', '其他人刚刚修改过它。'],
  ['{} is taken. {} is free.', '{} 已被占用，{} 可用。'],
  ['No node of the gateway is running.', '网关没有运行中的节点。'],
  ['No node of the gateway is running, so there is nothing to call.', '网关没有运行中的节点，无可调用。'],
  ['No instance takes requests: every weight is 0.', '没有实例接收请求：所有权重都是 0。'],
  ['{} is not ready.', '{} 未就绪。'],
  ['{} is ejected after failures in traffic.', '{} 因流量中的失败被摘除。'],
  ['{} is ejected after failures in traffic: {}', '{} 因流量中的失败被摘除：{}'],
  ['{} asked for a pause.', '{} 要求暂停。'],
  ['{} asked for a pause: {}', '{} 要求暂停：{}'],
  ['{} is being tried again after an ejection.', '{} 被摘除后正在试探。'],
  ['{} is being tried again after an ejection: {}', '{} 被摘除后正在试探：{}'],
  ['Publishing to nodes', '正在发布到节点'],
  ['Waiting for the first health check', '等待首次健康检查'],
  ['Connection refused', '连接被拒绝'],
  ['Connection reset', '连接被重置'],
  ['Connection closed without an answer', '连接未应答即关闭'],
  ['Connection closed without a whole answer', '应答未完整连接即关闭'],
  ['Connection broke off', '连接中断'],
  ['No connection', '未建立连接'],
  ['Request refused', '请求被拒绝'],
  ['Answer is not HTTP/2', '应答不是 HTTP/2'],
  ['Host unreachable', '主机不可达'],
  ['Network unreachable', '网络不可达'],
  ['Name not found', '域名不存在'],
  ['Name look-up failed', '域名解析失败'],
  ['Connect timed out', '连接超时'],
  ['Certificate has expired', '证书已过期'],
  ['Certificate is self-signed', '证书是自签名的'],
  ['Certificate chain is self-signed', '证书链是自签名的'],
  ['Certificate is not trusted', '证书不受信任'],
  ['Certificate is for another name', '证书与域名不符'],
  ['A client certificate is required', '对方要求客户端证书'],
  ['Client certificate is not trusted', '客户端证书不受对方信任'],
  ['Client certificate was refused', '客户端证书被拒绝'],
  ['TLS handshake refused', 'TLS 握手被拒绝'],
  ['Answer is not TLS', '应答不是 TLS'],
  ['Address denied by the egress policy', '出站策略不允许访问该地址'],
  ['No answer within {} ms', '{} 毫秒内没有应答'],
  ['No answer in time', '未按时应答'],
  ['Fell silent within an answer', '应答中途没有数据'],
  ['Answer is not valid HTTP', '应答不是合法的 HTTP'],
  ['{} of the last {} answers failed: {}', '最近 {1} 次应答中有 {0} 次失败：{2}'],
  ['The probe failed: {}', '试探失败：{}'],
  ['Asked to wait {} s ({})', '要求等待 {} 秒（{}）'],
  ['Answered {}', '返回状态码 {}'],
  ['The check failed', '检查失败'],
  [
    'The console does not answer. Check the connection, then try again.',
    '控制台没有响应。请检查网络连接后重试。',
  ],
  ...accessSentences,
  ...serviceSentences,
  ...modelApiSentences,
  ...moderationSentences,
  ...consumerSentences,
  ...providerSentences,
  ...probeSentences,
  ...gatewaySentences,
]

type Rule = { readonly pattern: RegExp; readonly chinese: string }

const rules: readonly Rule[] = chinese.map(([english, translated]) => {
  const parts = english.split('{}').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return { pattern: new RegExp(`^${parts.join('(.+?)')}$`), chinese: translated }
})

/** The sentence, or each line of several, in the reader's language, or as it came. */
export function translateSentence(sentence: string, locale: Locale): string {
  if (locale === 'en') return sentence
  if (sentence.includes('\n')) {
    const lines = sentence.split('\n').map((line) => translateSentence(line, locale))
    return lines.join('\n')
  }
  for (const rule of rules) {
    const match = rule.pattern.exec(sentence)
    if (!match) continue
    const carried = match.slice(1).map((part) => translateCarried(part, locale))
    let next = 0
    return rule.chinese.replaceAll(/\{(\d?)\}/g, (_, place: string) => {
      return carried[place === '' ? next++ : Number(place)] ?? ''
    })
  }
  return sentence
}

/** A sentence within a sentence may begin with a small letter. */
function translateCarried(part: string, locale: Locale): string {
  const asIs = translateSentence(part, locale)
  if (asIs !== part) return asIs
  const whole = part.charAt(0).toUpperCase() + part.slice(1)
  const translated = translateSentence(whole, locale)
  return translated === whole ? part : translated
}
