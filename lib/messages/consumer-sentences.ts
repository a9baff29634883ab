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
  ['This workspace has a consumer named {} already.', '此工作空间已有名为 {} 的消费者。'],
  ['A consumer named {} exists already.', '已存在名为 {} 的消费者。'],
  ['Another consumer has this name.', '另一个消费者已使用此名称。'],
  ['A workspace has at most {} consumers.', '一个工作空间最多有 {} 个消费者。'],
  ['A consumer has at most {} credentials.', '一个消费者最多有 {} 个凭证。'],
]
