/** Chinese for what consumers of Model APIs say; written as in `sentences.ts`. */
export const consumerSentences: ReadonlyArray<readonly [english: string, chinese: string]> = [
  [
    'Name a header with letters, digits, _ and -, 1 to 64 in all.',
    '请求头名称可用字母、数字、_ 和 -，共 1 到 64 个字符。',
  ],
  ['This header says something else already. Choose another name.', '该请求头已有其他含义，请换一个名称。'],
  [
    'Name a query parameter with letters, digits and . _ -, 1 to 64 in all.',
    '查询参数名称可用字母、数字和 . _ -，共 1 到 64 个字符。',
  ],
  [
    'Use 16 to 256 letters, digits and signs of ASCII, without spaces.',
    '请使用 16 到 256 个 ASCII 字母、数字或符号，不含空格。',
  ],
  ['There is no such Model API in this workspace.', '此工作空间没有该 Model API。'],
  ['This key is in use already. Choose another one.', '该密钥已被使用，请换一个。'],
  ['This key id is in use already. Choose another one.', '该密钥 ID 已被使用，请换一个。'],
  ['Tokens that say this prove a consumer already.', '带有这些内容的令牌已对应一个消费者。'],
  ['There is no such algorithm here; none is never allowed.', '这里没有该算法；none 一律不允许。'],
  [
    'Give public keys of kty RSA, EC or OKP; a secret is given as a secret.',
    '请提供 kty 为 RSA、EC 或 OKP 的公钥；共享密钥请作为密钥填写。',
  ],
  [
    'This is a private key. Give its public half: without d, p, q, dp, dq, qi and k.',
    '这是私钥。请只提供公钥部分，去掉 d、p、q、dp、dq、qi 和 k。',
  ],
  ['Give at least one key.', '请至少提供一个公钥。'],
  [
    'This is not an address. Write it like https://issuer.example.com/jwks.json.',
    '这不是地址，请写成 https://issuer.example.com/jwks.json 的形式。',
  ],
  ['Remove the user and password.', '请去掉用户名和密码。'],
  ['Remove everything from # on.', '请去掉 # 及其后的内容。'],
  ['A secret has at least 32 bytes.', '共享密钥至少 32 字节。'],
  ['Allow at least one algorithm.', '请至少允许一种算法。'],
  [
    '{} needs a secret. With public keys choose RS, PS, ES or Ed.',
    '{} 需要共享密钥。使用公钥时请选择 RS、PS、ES 或 Ed 系列。',
  ],
  [
    '{} needs public keys. With a secret choose HS256, HS384 or HS512.',
    '{} 需要公钥。使用共享密钥时请选择 HS256、HS384 或 HS512。',
  ],
  ['{} needs a secret of at least {} bytes.', '{} 需要至少 {} 字节的共享密钥。'],
  ['An RSA key has at least {} bits.', 'RSA 密钥至少 {} 位。'],
  ['This is not a whole public key (RFC 7517).', '这不是完整的公钥（RFC 7517）。'],
  ['None of the keys goes with {}.', '没有公钥可用于 {}。'],
  [
    'Letters, digits and . _ : @ / + = -, 1 to 128 in all.',
    '可用字母、数字和 . _ : @ / + = -，共 1 到 128 个字符。',
  ],
  ['@method and @path are always covered.', '@method 和 @path 必须始终被签名覆盖。'],
  ['Give the new key of an API key as key.', 'API 密钥的新值请填写在 key 中。'],
  ['Give the new secret as secret.', '新的共享密钥请填写在 secret 中。'],
  ['Give the new secret of the issuer.', '请提供签发方的新共享密钥。'],
  [
    'Whoever issues these tokens changes their keys. For other keys add another credential.',
    '这些令牌的密钥由签发方轮换。要使用其他密钥，请添加新的凭证。',
  ],
  ['This workspace has a consumer named {} already.', '此工作空间已有名为 {} 的消费者。'],
  ['A consumer named {} exists already.', '已存在名为 {} 的消费者。'],
  ['Another consumer has this name.', '另一个消费者已使用此名称。'],
  ['A workspace has at most {} consumers.', '一个工作空间最多有 {} 个消费者。'],
  ['A consumer has at most {} credentials.', '一个消费者最多有 {} 个凭证。'],
]
