/** Chinese for what Model APIs say, and services and sources where others depend on them; written as in `sentences.ts`. */
export const modelApiSentences: ReadonlyArray<readonly [english: string, chinese: string]> = [
  [
    '{} is a name of the gateway {}. Choose one of the API’s gateway.',
    '{} 是网关 {} 的域名，请选择此 API 所在网关的域名。',
  ],
  [
    '{} is a service of the gateway {}. Choose one of the API’s gateway.',
    '{} 是网关 {} 的服务，请选择此 API 所在网关的服务。',
  ],
  [
    '{} answers at {} of {} already. Choose another base path or name.',
    '{0} 已占用 {1}（{2}），请换一个基础路径或域名。',
  ],
  ['Model API {}', 'Model API {}'],
  ['A Model API of another workspace', '其他工作空间的 Model API'],
  ['the gateway’s own names', '网关自有域名'],
  ['{} is taken. Choose another name.', '{} 已被占用，请换一个名称。'],
  ['A Model API named {} exists already.', '已存在名为 {} 的 Model API。'],
  ['A service named {} exists already.', '已存在名为 {} 的服务。'],
  ['A source named {} exists already.', '已存在名为 {} 的来源。'],
  ['Another source has this name.', '另一个来源已使用此名称。'],
  ['This workspace has a source named {} already.', '此工作空间已有名为 {} 的来源。'],
  ['It has {} Model APIs. Delete them first.', '它有 {} 个 Model API，请先删除。'],
  ['It has {} services. Delete them first.', '它有 {} 个服务，请先删除。'],
  [
    'Certificate {} expired on {}. Replace it first, or choose another one.',
    '证书 {} 已于 {} 过期，请先替换或另选一张。',
  ],
  ['its inference service has been deleted.', '它的推理服务已被删除。'],
  ['another source has its name now.', '其名称已被另一个来源使用。'],
  ['another service has its name now.', '其名称已被另一个服务使用。'],
  ['another Model API has its name now.', '其名称已被另一个 Model API 使用。'],
]
