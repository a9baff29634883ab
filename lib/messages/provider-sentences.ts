/** Chinese for what providers' adapters say of settings, keys and errors; written as in `sentences.ts`. */
export const providerSentences: ReadonlyArray<readonly [english: string, chinese: string]> = [
  // Any provider.
  [
    'The provider refuses the key. Check that it is whole, still valid, and of this provider and region.',
    '供应商拒绝了该密钥。请确认密钥完整、仍然有效，且属于该供应商和地域。',
  ],
  [
    'The key may not do this. Check with the provider which models and operations it is for.',
    '该密钥没有此权限。请向供应商确认它可用于哪些模型和操作。',
  ],
  [
    'The provider does not know the model or the path. Check the model’s name and the base URL.',
    '供应商不认识该模型或路径。请检查模型名称和服务地址。',
  ],
  [
    'The account has no credit or quota left. Top it up with the provider, or add a key of another account.',
    '账户余额或额度已用完。请向供应商充值，或添加其他账户的密钥。',
  ],
  [
    'The provider limits how often it may be asked. Add keys, or ask the provider for a higher limit.',
    '供应商限制了调用频率。请添加密钥，或向供应商申请更高的限额。',
  ],
  [
    'The provider’s content filter stopped this. Its rules are set with the provider.',
    '供应商的内容过滤拦截了此请求，其规则在供应商处设置。',
  ],
  ['The provider is overloaded. Try again later.', '供应商过载，请稍后重试。'],
  [
    'This is longer than the model takes. Send less, or choose a model with a longer context.',
    '内容超出模型的长度限制。请减少内容，或选择上下文更长的模型。',
  ],
  ['Leave out {}.', '请去掉 {}。'],
  [
    'Keep user and password out of the address. Keys go with the keys.',
    '地址中请勿包含用户名和密码，密钥请填写在密钥栏。',
  ],
  ['Cut the address at #.', '请去掉地址中 # 及其后的内容。'],
  ['Write the key alone, without the word Bearer.', '请只填写密钥本身，不含 Bearer。'],
  ['A key is one word of letters, digits and signs.', '密钥只含字母、数字和符号，中间没有空格。'],
  ['The key has no "{}".', '密钥缺少 "{}"。'],
  ['Write the key as a JSON object with {}.', '请将密钥写成包含 {} 的 JSON 对象。'],
  // OpenAI and providers of its shape.
  [
    'The account has no credit left. Add credit in the billing settings of OpenAI.',
    '账户余额已用完，请在 OpenAI 的账单设置中充值。',
  ],
  [
    'The model does not exist, or the key’s project may not use it. Choose another model or allow it in the project.',
    '模型不存在，或密钥所属项目无权使用。请选择其他模型，或在项目中开通。',
  ],
  [
    'OpenAI refuses calls from this region. Use an address in a region that it serves.',
    'OpenAI 拒绝来自此地区的调用。请使用其服务地区内的地址。',
  ],
  [
    'Ark does not know the model or endpoint, or the key may not use it. Activate the model in the Ark console, or write the endpoint’s id.',
    '方舟不认识该模型或接入点，或密钥无权使用。请在方舟控制台开通模型，或填写接入点 ID。',
  ],
  [
    'The model is not activated for this account. Activate it in the Ark console.',
    '此账户未开通该模型，请在方舟控制台开通。',
  ],
  ['The account has overdue payments. Pay them in the console of {}.', '账户欠费，请在 {} 控制台结清。'],
  ['The account has no credit left. Top it up in the console of {}.', '账户余额已用完，请在 {} 控制台充值。'],
  [
    'Moonshot refuses the key. Keys of platform.moonshot.cn and platform.moonshot.ai are not interchangeable: check which one the base URL belongs to.',
    'Moonshot 拒绝了该密钥。platform.moonshot.cn 与 platform.moonshot.ai 的密钥不能混用，请确认服务地址属于哪一个。',
  ],
  [
    'MiniMax refuses the key. Keys of api.minimaxi.com and api.minimax.io are not interchangeable: check which one the base URL belongs to.',
    'MiniMax 拒绝了该密钥。api.minimaxi.com 与 api.minimax.io 的密钥不能混用，请确认服务地址属于哪一个。',
  ],
  ['MiniMax does not know the key. Check that it is whole.', 'MiniMax 不认识该密钥，请确认密钥完整。'],
  [
    '{} limits how often it may be asked. Add keys, or ask {} for a higher limit.',
    '{} 限制了调用频率。请添加密钥，或向 {} 申请更高的限额。',
  ],
  [
    '{} limits how often it may be asked. Ask for a higher limit, or add keys.',
    '{} 限制了调用频率。请申请更高的限额，或添加密钥。',
  ],
  ['Zhipu does not know the model. Check its name.', '智谱不认识该模型，请检查名称。'],
  [
    'Too many calls at once for this key. Add keys, or ask Zhipu for a higher limit.',
    '此密钥的并发过高。请添加密钥，或向智谱申请更高的限额。',
  ],
  [
    'Spark handles one call of a user at a time. Wait for the one before, or add keys.',
    '星火同一时间只处理一个用户的一次调用。请等待上一次完成，或添加密钥。',
  ],
  [
    'The key may not use this model, or its tokens are used up. Each model of Spark has a key of its own: take the APIPassword of the model’s page.',
    '密钥无权使用该模型，或其 Token 已用完。星火每个模型的密钥各不相同，请使用该模型页面上的 APIPassword。',
  ],
  [
    'The day’s limit of calls is reached. Ask iFLYTEK for a higher one, or add keys.',
    '已达到当日调用上限。请向讯飞申请提高，或添加密钥。',
  ],
  [
    'Too many calls a second. Ask iFLYTEK for a higher limit, or add keys.',
    '每秒调用过多。请向讯飞申请更高的限额，或添加密钥。',
  ],
  [
    'Too many calls at once. Ask iFLYTEK for a higher limit, or add keys.',
    '并发调用过多。请向讯飞申请更高的限额，或添加密钥。',
  ],
  // Azure.
  [
    'Azure needs an api-version: write one, such as 2024-10-21, or add it to the address.',
    'Azure 需要 api-version：请填写版本（例如 2024-10-21），或添加到地址中。',
  ],
  ['Cut the address after the name of the deployment.', '地址请止于部署名称。'],
  [
    'Azure refuses the key. Check that it is of this resource, and that the address is of the same resource.',
    'Azure 拒绝了该密钥。请确认密钥与地址属于同一个资源。',
  ],
  [
    'Azure knows nothing at this address. Check the resource, the deployment and the api-version.',
    'Azure 在此地址没有找到内容。请检查资源、部署和 api-version。',
  ],
  [
    'The resource has no such deployment. Write the deployment’s name in the service, or ask for a model that is named like one; a new deployment takes some minutes.',
    '资源中没有此部署。请在服务中填写部署名称，或使用与部署同名的模型；新建的部署需要几分钟生效。',
  ],
  [
    'The deployment’s model does not do this. Choose another deployment.',
    '该部署的模型不支持此操作，请选择其他部署。',
  ],
  [
    'Azure’s content filter stopped this. Its rules are set with the deployment.',
    'Azure 的内容过滤拦截了此请求，其规则在部署中设置。',
  ],
  // Google.
  [
    'Write the base of the native protocol, https://generativelanguage.googleapis.com.',
    '请填写原生协议的基础地址 https://generativelanguage.googleapis.com。',
  ],
  [
    'Google refuses the key. Check that it is whole, and that it was made in Google AI Studio.',
    'Google 拒绝了该密钥。请确认密钥完整，且创建于 Google AI Studio。',
  ],
  [
    'The key’s project may not use the Gemini API. Enable it in the Google Cloud console.',
    '密钥所属项目未启用 Gemini API，请在 Google Cloud 控制台启用。',
  ],
  [
    'Google does not serve the API to this region without billing. Enable billing for the project.',
    '此地区须开通结算才能使用该 API，请为项目启用结算。',
  ],
  [
    'The project’s quota is used up for now. Wait, add keys of other projects, or raise its tier.',
    '项目的配额暂时用完。请稍候、添加其他项目的密钥，或提升等级。',
  ],
  [
    'Google’s token server could not be asked. Check the node’s way to it.',
    '无法访问 Google 的 Token 服务器，请检查节点到该服务器的网络。',
  ],
  ['Google’s token server answered without a token.', 'Google 的 Token 服务器没有返回 Token。'],
  ['Google’s token server answers {}. Try again later.', 'Google 的 Token 服务器返回 {}，请稍后重试。'],
  [
    'Google refuses the service account: {}. Check that its key is active, and that the node’s clock is right.',
    'Google 拒绝了该服务账号：{}。请确认其密钥有效，且节点时钟准确。',
  ],
  [
    'Google’s OpenAI endpoint takes no Express mode keys. Choose the native protocol, or a service account.',
    'Google 的 OpenAI 兼容端点不支持 Express 模式密钥。请选择原生协议，或使用服务账号。',
  ],
  ['Write the region, such as us-central1 or global.', '请填写地域，例如 us-central1 或 global。'],
  [
    'Google answers Claude in Anthropic’s protocol only. Choose the native protocol.',
    'Google 只以 Anthropic 协议提供 Claude，请选择原生协议。',
  ],
  [
    'This is no Express mode key. For a service account, choose the authentication by service account.',
    '这不是 Express 模式密钥。若使用服务账号，请选择服务账号认证。',
  ],
  [
    'Google refuses this to the key’s account. Grant it the role Vertex AI User, and enable the Vertex AI API in its project.',
    'Google 拒绝了密钥所属账号。请授予 Vertex AI User 角色，并在其项目中启用 Vertex AI API。',
  ],
  [
    'Google does not know the model in this region. Check its name, its publisher and the region.',
    'Google 在此地域不认识该模型。请检查模型名称、发布者和地域。',
  ],
  [
    'The project’s quota for the model is used up. Ask Google for more, or add a key.',
    '项目对该模型的配额已用完。请向 Google 申请提高，或添加密钥。',
  ],
  [
    'This is not a JSON document. Paste the whole key file of the service account.',
    '这不是 JSON 文档，请粘贴服务账号的完整密钥文件。',
  ],
  [
    'This is not the key of a service account: its "type" is not "service_account".',
    '这不是服务账号的密钥："type" 不是 "service_account"。',
  ],
  [
    'The service account’s key has no "{}". Paste the whole key file.',
    '服务账号密钥缺少 "{}"，请粘贴完整的密钥文件。',
  ],
  [
    'The "private_key" of the service account is no private key in PEM.',
    '服务账号的 "private_key" 不是 PEM 格式的私钥。',
  ],
  [
    'The "private_key" of the service account must be an RSA key of at least 2048 bits.',
    '服务账号的 "private_key" 必须是至少 2048 位的 RSA 密钥。',
  ],
  [
    'The "token_uri" of the service account must be an https address.',
    '服务账号的 "token_uri" 必须是 https 地址。',
  ],
  // Bedrock and Claude.
  ['Write the AWS region, such as us-east-1.', '请填写 AWS 地域，例如 us-east-1。'],
  [
    'Mantle is asked in Anthropic’s protocol only. Choose the native protocol, or the endpoint mode Runtime.',
    'Mantle 仅支持 Anthropic 协议。请选择原生协议，或改用 Runtime 端点模式。',
  ],
  [
    'This is no Bedrock API key. For an access key, choose the authentication by access key.',
    '这不是 Bedrock API Key。若使用 AK/SK，请选择 AK/SK 认证。',
  ],
  [
    'AWS refuses the key for this. Check its policy, and that access to the model is granted in this region.',
    'AWS 拒绝了此密钥的操作。请检查其策略，并确认已在此地域开通该模型。',
  ],
  [
    'AWS does not know the access key. Check its ID and that it is active.',
    'AWS 不认识该访问密钥。请检查其 ID，并确认处于启用状态。',
  ],
  [
    'AWS refuses the signature. Check the secret access key, and that the node’s clock is right.',
    'AWS 拒绝了签名。请检查 Secret Access Key，并确认节点时钟准确。',
  ],
  [
    'The session token has expired. Write a new one, or use a lasting access key.',
    '会话令牌已过期。请填写新的令牌，或使用长期访问密钥。',
  ],
  [
    'AWS does not know the model in this region. Check its ID and the region.',
    'AWS 在此地域不认识该模型。请检查模型 ID 和地域。',
  ],
  [
    'AWS limits how often the model may be asked. Ask for a higher quota, or add keys.',
    'AWS 限制了该模型的调用频率。请申请更高的配额，或添加密钥。',
  ],
  ['The account’s quota at AWS is used up. Ask for a higher one.', '账户在 AWS 的配额已用完，请申请提高。'],
  ['The model is being made ready. Try again in a moment.', '模型正在准备中，请稍后重试。'],
  ['The model took too long. Ask for less at once.', '模型用时过长，请减少单次请求的内容。'],
  [
    'This is an OAuth token, not an API key. Write an API key, or switch the use of an OAuth token on.',
    '这是 OAuth Token，不是 API Key。请填写 API Key，或开启使用 OAuth Token。',
  ],
  [
    'This is an API key, not an OAuth token. Write an OAuth token, or switch its use off.',
    '这是 API Key，不是 OAuth Token。请填写 OAuth Token，或关闭使用 OAuth Token。',
  ],
  // Hunyuan.
  [
    'The native protocol has no path: write the address alone, or choose OpenAI/v1.',
    '原生协议没有路径：请只填写地址，或选择 OpenAI/v1。',
  ],
  [
    'This address speaks the native protocol only. Write https://api.hunyuan.cloud.tencent.com/v1, or choose native.',
    '此地址仅支持原生协议。请填写 https://api.hunyuan.cloud.tencent.com/v1，或选择原生协议。',
  ],
  [
    'This is a SecretId and SecretKey. Write an API key of Hunyuan, or choose the native protocol.',
    '这是 SecretId 和 SecretKey。请填写混元的 API Key，或选择原生协议。',
  ],
  [
    'Tencent does not know the SecretId. Check it, and that it is enabled.',
    '腾讯云不认识该 SecretId。请检查并确认已启用。',
  ],
  ['Tencent refuses the signature. Check the SecretKey.', '腾讯云拒绝了签名，请检查 SecretKey。'],
  [
    'Tencent finds the time of the request too far from its own. Check the clock of the gateway’s node.',
    '请求时间与腾讯云相差过大，请检查网关节点的时钟。',
  ],
  [
    'The key may not call Hunyuan. Grant it access in Tencent’s CAM.',
    '密钥无权调用混元，请在腾讯云访问管理中授权。',
  ],
  [
    'Hunyuan is not activated for the account. Activate it in its console.',
    '账户未开通混元，请在其控制台开通。',
  ],
  [
    'Hunyuan is stopped for the account, mostly for an unpaid bill.',
    '账户的混元服务已停用，通常是因为欠费。',
  ],
  [
    'The account’s resource pack is used up. Buy another or postpay.',
    '账户的资源包已用完，请续购或改用后付费。',
  ],
  ['The account has no resources left. Top it up at Tencent.', '账户资源已用完，请在腾讯云充值。'],
  // Model Studio and agents.
  [
    'Write the host alone, such as https://dashscope.aliyuncs.com.',
    '请只填写主机，例如 https://dashscope.aliyuncs.com。',
  ],
  [
    'Model Studio refuses the key. Keys belong to a region and a plan: check that the base URL is of the same ones.',
    '百炼拒绝了该密钥。密钥区分地域和套餐，请确认服务地址与之一致。',
  ],
  [
    'The key’s workspace may not use this model. Activate the model in the console of Model Studio.',
    '密钥所属业务空间无权使用此模型，请在百炼控制台开通。',
  ],
  [
    'The free quota of this model is used up. Allow paid use in the console of Model Studio.',
    '此模型的免费额度已用完，请在百炼控制台开通付费使用。',
  ],
  ['Write the application’s ID.', '请填写应用 ID。'],
  [
    'Model Studio refuses the key. Check that it is of the application’s region and workspace.',
    '百炼拒绝了该密钥。请确认它属于应用所在的地域和业务空间。',
  ],
  [
    'The key may not ask this application. Use a key of the application’s own workspace.',
    '该密钥无权调用此应用，请使用应用所在业务空间的密钥。',
  ],
  [
    'Model Studio does not know the application. Check its ID, and that it is published.',
    '百炼不认识该应用。请检查应用 ID，并确认已发布。',
  ],
  ['The account has an unpaid bill. Pay it in Alibaba Cloud.', '账户有未付账单，请在阿里云结清。'],
  [
    'Dify refuses the request. An agent answers streams only ("stream": true); a workflow needs every variable that its start node requires.',
    'Dify 拒绝了请求。智能体仅支持流式（"stream": true）；工作流须提供开始节点所需的全部变量。',
  ],
  [
    'Dify has the application switched off, or it is not published. Check it in Dify.',
    'Dify 中的应用已停用或未发布，请在 Dify 中检查。',
  ],
  [
    'The key is of an application that is no workflow. Choose the application type Agent.',
    '密钥所属应用不是工作流，请选择应用类型“智能体”。',
  ],
  [
    'The key is of an application that is no chat. Choose the application type Workflow.',
    '密钥所属应用不是对话，请选择应用类型“工作流”。',
  ],
  [
    'Dify has no key for the model behind the application. Set it up in Dify.',
    'Dify 没有应用所用模型的密钥，请在 Dify 中设置。',
  ],
  [
    'The quota of the model behind the application is used up. Check it in Dify.',
    '应用所用模型的额度已用完，请在 Dify 中检查。',
  ],
  [
    'Dify cannot use the model behind the application. Choose another in Dify.',
    'Dify 无法使用应用所用的模型，请在 Dify 中另选。',
  ],
  [
    'The model behind the application failed. Look at the application’s log in Dify.',
    '应用所用的模型出错，请查看 Dify 中应用的日志。',
  ],
  [
    'Dify refuses the key. Check that it is of this application and this server.',
    'Dify 拒绝了该密钥。请确认它属于此应用和此服务器。',
  ],
]
