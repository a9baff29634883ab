/** Chinese for what a test of a service finds, and what providers are asked for; written as in `sentences.ts`. */
export const probeSentences: ReadonlyArray<readonly [english: string, chinese: string]> = [
  // What came back.
  ['The provider refused the API key of the service ({}).', '供应商拒绝了该服务的 API 密钥（{}）。'],
  [
    'The provider does not allow what was asked for with the API key of the service (403).',
    '供应商不允许该服务的 API 密钥执行此操作（403）。',
  ],
  ['The provider took none of the API keys of the service.', '供应商不接受该服务的任何 API 密钥。'],
  ['It says: {}', '对方返回：{}'],
  [
    'The service answered with an HTML page ({}) instead of JSON. Its base URL may be wrong.',
    '服务返回的是 HTML 页面（{}）而不是 JSON，服务地址可能有误。',
  ],
  [
    'The service answered with a redirect ({}), which is not followed. Its base URL must be the final address.',
    '服务返回了重定向（{}），网关不会跟随。请填写最终的服务地址。',
  ],
  [
    'The service sent a compressed answer, though it was asked not to.',
    '服务返回了压缩内容，但网关要求不压缩。',
  ],
  ["The service's answer is larger than {} bytes.", '服务的应答超过 {} 字节。'],
  [
    "The service's answer is not the JSON that was asked for, or only half of it.",
    '服务的应答不是所要求的 JSON，或只有一半。',
  ],
  ["The service's answer is none of its protocol: {}", '服务的应答不符合其协议：{}'],
  ['The service switched protocols without being asked.', '服务擅自切换了协议。'],
  ['The service did not answer in time.', '服务未按时应答。'],
  ['The service sent nothing of an answer within {} ms.', '服务在 {} 毫秒内没有返回任何内容。'],
  ['The service could not be reached.', '无法访问该服务。'],
  [
    'The service closed the connection or sent an answer that is not valid HTTP.',
    '服务关闭了连接，或应答不是合法的 HTTP。',
  ],
  [
    'The service resolves to an address that this gateway may not dial.',
    '服务解析到的地址不允许由该网关访问。',
  ],
  ['No instance of the service is ready. Try again shortly.', '服务没有就绪的实例，请稍后重试。'],
  ['The stream of the service ended before the answer was complete.', '服务的流式应答未完成即结束。'],
  ['The stream of the provider broke off before its end.', '供应商的流式应答中途断开。'],
  ['The provider of service {} has nothing that answers {}.', '服务 {} 的供应商不提供 {}。'],
  ['The provider answered {} without saying why.', '供应商返回 {}，未说明原因。'],
  ['The provider answered the error {}.', '供应商返回错误 {}。'],
  ['The provider answered {}: {}', '供应商返回 {}：{}'],
  ['The service answered {}.', '服务返回 {}。'],
  ['The address answered {}.', '该地址返回 {}。'],
  ['What came back is no answer of a chat.', '返回的内容不是对话应答。'],
  ['The answer holds an error: {}', '应答中含有错误：{}'],
  [
    'The answer broke off before its end, or is longer than a test reads.',
    '应答中途断开，或超出测试可读取的长度。',
  ],
  [
    'The answer is larger than a test reads; ask for something smaller.',
    '应答超出测试可读取的长度，请改为请求较小的内容。',
  ],
  ['The request failed.', '请求失败。'],
  ['There was no answer within {} s.', '{} 秒内没有应答。'],
  ['No addresses were found for this service.', '未发现该服务的地址。'],
  ['The addresses of this service could not be found.', '无法发现该服务的地址。'],
  ['The addresses of this service were not found in time.', '未能按时发现该服务的地址。'],
  // Why there was no connection.
  [
    'The certificate is self-signed. Give its CA where the service takes one, or make the gateway trust it (NODE_EXTRA_CA_CERTS).',
    '证书是自签名的。若该服务可填写 CA，请填写；否则请让网关信任它（NODE_EXTRA_CA_CERTS）。',
  ],
  [
    'The certificate is signed by an authority of its own. Give its CA where the service takes one, or make the gateway trust it (NODE_EXTRA_CA_CERTS).',
    '证书由自有机构签发。若该服务可填写 CA，请填写；否则请让网关信任它（NODE_EXTRA_CA_CERTS）。',
  ],
  [
    'The certificate is signed by an unknown authority. Give its CA where the service takes one, or make the gateway trust it (NODE_EXTRA_CA_CERTS).',
    '证书由未知机构签发。若该服务可填写 CA，请填写；否则请让网关信任它（NODE_EXTRA_CA_CERTS）。',
  ],
  ['The certificate has expired; it must be renewed at the upstream.', '证书已过期，须在上游更新。'],
  [
    'The certificate is for another name; give the name that it has as the server name.',
    '证书与域名不符，请将证书中的名称填写为服务器名称（SNI）。',
  ],
  [
    'The upstream does not speak TLS at this port; use http: or another port.',
    '上游在此端口不使用 TLS，请改用 http: 或其他端口。',
  ],
  ['The upstream asks for a client certificate; choose mutual TLS.', '上游要求客户端证书，请选择双向 TLS。'],
  [
    'The name was not found in DNS; check how the address is written.',
    'DNS 中没有此域名，请检查地址的写法。',
  ],
  [
    'The name server does not answer; try again, or give an IP address.',
    'DNS 服务器没有应答，请重试，或填写 IP 地址。',
  ],
  [
    'The connection was refused: nothing listens at this address and port.',
    '连接被拒绝：此地址和端口没有服务在监听。',
  ],
  ['The host cannot be reached from here.', '从此处无法访问该主机。'],
  ['The network of the address cannot be reached from here.', '从此处无法访问该地址所在的网络。'],
  ['No connection came about in time; a firewall may stand between.', '未能按时建立连接，可能被防火墙拦截。'],
  ['What answers is not HTTP; use https: or another port.', '应答的不是 HTTP，请改用 https: 或其他端口。'],
  ['The egress policy does not allow this address.', '出站策略不允许访问该地址。'],
  // Lists of models.
  [
    'This provider cannot be asked for its models. Write their names by hand.',
    '无法向该供应商查询模型，请手动填写模型名称。',
  ],
  ['Only providers can be asked for their models.', '只有供应商可以查询模型。'],
  ['The provider did not answer.', '供应商没有应答。'],
  ['An HTML page came back ({}): is this the base URL?', '返回的是 HTML 页面（{}），这是服务的基础地址吗？'],
  [
    'The provider refused the API key ({}). Check that it is a key of this provider.',
    '供应商拒绝了 API 密钥（{}），请确认它属于该供应商。',
  ],
  ['The provider answered {} when it was asked for its models.', '查询模型时供应商返回 {}。'],
  ['The provider lists no models.', '供应商没有列出模型。'],
  ['The provider answered something that is no list of models.', '供应商返回的内容不是模型列表。'],
]
