type Sentence = readonly [english: string, chinese: string]

const units = [
  ['request', '次请求'],
  ['requests', '次请求'],
  ['token', '个 token'],
  ['tokens', '个 token'],
] as const

const rateSpans = [
  ['per second', '每秒'],
  ['per minute', '每分钟'],
  ['per hour', '每小时'],
  ['per day', '每天'],
] as const

const quotaSpans = [
  ['per day', '每天'],
  ['per month', '每月'],
  ['in all', '共'],
] as const

const rates: readonly Sentence[] = units.flatMap(([unit, counted]) =>
  rateSpans.flatMap(([span, time]): Sentence[] => [
    [
      `This API takes {} ${unit} ${span}. Try again in {} s.`,
      `此 API 限流为${time} {} ${counted}，请在 {} 秒后重试。`,
    ],
    [
      `This API takes {} ${unit} ${span} for {}. Try again in {} s.`,
      `此 API 限流为{1}${time} {0} ${counted}，请在 {2} 秒后重试。`,
    ],
  ]),
)

const quotas: readonly Sentence[] = units.flatMap(([unit, counted]) =>
  quotaSpans.flatMap(([span, time]): Sentence[] => [
    [
      `The quota of {} ${unit} ${span} of this API is used up. {}`,
      `此 API 的配额（${time} {} ${counted}）已用完，{}`,
    ],
    [
      `The quota of {} ${unit} ${span} for {} of this API is used up. {}`,
      `此 API 的配额（{1}${time} {0} ${counted}）已用完，{2}`,
    ],
  ]),
)

/** Chinese for what the gateway answers when it refuses or fails a call to a Model API; written as in `sentences.ts`. */
export const gatewaySentences: readonly Sentence[] = [
  // Who calls.
  ['The gateway does not have this consumer, or not yet.', '网关没有此消费者，或尚未同步。'],
  ['This consumer may not call this API. Have it granted first.', '此消费者无权调用此 API，请先授权。'],
  ['The key has expired. Use the current key of the consumer.', '密钥已过期，请使用该消费者当前的密钥。'],
  ['The credential is not valid for this API. {}', '凭证对此 API 无效。{}'],
  ['This API needs a credential. {}', '调用此 API 需要凭证。{}'],
  [
    'Send the key of a consumer as `Authorization: Bearer <key>` or `x-api-key: <key>`, its token as `Authorization: Bearer <token>`, or where its credential says; or sign the request.',
    '请以 `Authorization: Bearer <key>` 或 `x-api-key: <key>` 发送消费者的密钥，以 `Authorization: Bearer <token>` 发送其令牌，或按其凭证指定的位置发送；也可以对请求签名。',
  ],
  [
    "The address {} may not call this gateway from {}. Ask the gateway's owner to add it to the whitelist.",
    '地址 {} 不允许从 {} 调用此网关，请联系网关所有者将其加入白名单。',
  ],
  // How much.
  ...rates,
  ...quotas,
  ['each consumer', '每个消费者'],
  ['each model', '每个模型'],
  ['each client address', '每个客户端地址'],
  ['each value of {}', '请求头 {} 的每个值'],
  ['It does not renew.', '不会重置。'],
  ['It renews at {}.', '将于 {} 重置。'],
  [
    'This gateway takes {} requests per second over all its services. Try again in {} s.',
    '此网关的所有服务合计每秒接收 {} 个请求，请在 {} 秒后重试。',
  ],
  [
    'This gateway node has as many requests under way as it takes. Try again in a moment.',
    '此网关节点进行中的请求已达上限，请稍后重试。',
  ],
  ['This gateway node is overloaded. Try again in a moment.', '此网关节点负载过高，请稍后重试。'],
  [
    'The requests under way fill the memory of this gateway node. Try again in a moment.',
    '进行中的请求已占满此网关节点的内存，请稍后重试。',
  ],
  // Where it goes.
  [
    'The Model API {}, which has this address, is switched off. Whoever runs it can switch it on again.',
    '此地址上的 Model API {} 已停用，可由其管理者重新启用。',
  ],
  ['This API has no such route. It answers at {}.', '此 API 没有这个路由，它的路由有：{}。'],
  ['The path leads out of its route.', '该路径超出了路由的范围。'],
  ['{} is called with {}.', '{} 须使用 {} 方法调用。'],
  [
    'This address does not lead to this Model API. Something else answers there, or nothing.',
    '此地址并不通往此 Model API：那里由其他对象应答，或无人应答。',
  ],
  ['The gateway does not have this Model API, or not yet.', '网关没有此 Model API，或尚未同步。'],
  ['The gateway has no configuration yet.', '网关尚未收到配置。'],
  [
    'This API routes no model {}. Ask GET /v1/models of it for those that it has.',
    '此 API 没有路由模型 {}，可用 GET /v1/models 查询它提供的模型。',
  ],
  [
    'The request names no model, and this API routes by it. Give its name as `model`.',
    '请求未指定模型，而此 API 按模型名称路由。请在 `model` 中填写模型名称。',
  ],
  ['The request names no model. Give its name as `model`.', '请求未指定模型，请在 `model` 中填写模型名称。'],
  [
    '{} is a WebSocket. Connect to it with a WebSocket client.',
    '{} 是 WebSocket，请使用 WebSocket 客户端连接。',
  ],
  // What the request holds.
  ['The request has no body. Send a JSON object.', '请求没有请求体，请发送 JSON 对象。'],
  [
    'The request body is compressed. Send it as it is, without Content-Encoding.',
    '请求体经过压缩，请直接发送，不带 Content-Encoding。',
  ],
  ['The request body is not valid JSON.', '请求体不是有效的 JSON。'],
  ['The request body is not a JSON object.', '请求体不是 JSON 对象。'],
  ['The request did not arrive in time.', '请求未能按时到达。'],
  ['The request body is nested too deeply.', '请求体嵌套过深。'],
  ['The request body is larger than {} bytes.', '请求体超过 {} 字节。'],
  [
    'The form names its model twice. Send the field `model` once.',
    '表单中有两个 `model` 字段，请只发送一个。',
  ],
  ['The request holds what this API does not let through.', '请求含有此 API 不允许的内容。'],
  ['{} (Rule {} of its moderation.)', '{}（内容审核规则 {}）'],
  ['{} (Its moderation names {}.)', '{}（内容审核类别：{}）'],
  [
    'This API looks at the texts of requests. Send `{}` as text, not as tokens.',
    '此 API 会审核请求中的文本，请以文本而非 token 发送 `{}`。',
  ],
  [
    'The service that judges the texts of this API did not do so. Try again in a moment.',
    '为此 API 审核文本的服务没有给出结果，请稍后重试。',
  ],
  // What became of it.
  ['The upgrade failed.', '协议升级失败。'],
  ['The gateway failed on this request.', '网关处理此请求时出错。'],
  [
    'The time for this request was over before a service answered well.',
    '在服务成功返回之前，此请求的时间已用完。',
  ],
  [
    'The provider refused the API key of the service ({}). Whoever runs this API must check its keys.',
    '供应商拒绝了该服务的 API 密钥（{}），需由此 API 的管理者检查密钥。',
  ],
  ['Every instance is busy, and so many wait that the queue is full.', '所有实例都在忙，等待队列也已满。'],
  [
    'Every instance was busy, and the request waited too long for its turn.',
    '所有实例都在忙，请求排队等待过久。',
  ],
]
