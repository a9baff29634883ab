import account from './zh-CN/account.json' with { type: 'json' }
import activity from './zh-CN/activity.json' with { type: 'json' }
import auth from './zh-CN/auth.json' with { type: 'json' }
import certificates from './zh-CN/certificates.json' with { type: 'json' }
import consumers from './zh-CN/consumers.json' with { type: 'json' }
import debug from './zh-CN/debug.json' with { type: 'json' }
import domainForm from './zh-CN/domain-form.json' with { type: 'json' }
import domains from './zh-CN/domains.json' with { type: 'json' }
import gatewayAccess from './zh-CN/gateway-access.json' with { type: 'json' }
import gatewayCreate from './zh-CN/gateway-create.json' with { type: 'json' }
import gateways from './zh-CN/gateways.json' with { type: 'json' }
import inferenceServices from './zh-CN/inference-services.json' with { type: 'json' }
import invocation from './zh-CN/invocation.json' with { type: 'json' }
import kit from './zh-CN/kit.json' with { type: 'json' }
import members from './zh-CN/members.json' with { type: 'json' }
import modelApis from './zh-CN/model-apis.json' with { type: 'json' }
import networks from './zh-CN/networks.json' with { type: 'json' }
import objects from './zh-CN/objects.json' with { type: 'json' }
import overview from './zh-CN/overview.json' with { type: 'json' }
import plugins from './zh-CN/plugins.json' with { type: 'json' }
import problems from './zh-CN/problems.json' with { type: 'json' }
import requests from './zh-CN/requests.json' with { type: 'json' }
import services from './zh-CN/services.json' with { type: 'json' }
import settings from './zh-CN/settings.json' with { type: 'json' }
import shell from './zh-CN/shell.json' with { type: 'json' }
import sources from './zh-CN/sources.json' with { type: 'json' }
import workspaces from './zh-CN/workspaces.json' with { type: 'json' }

export const chinese = {
  account,
  activity,
  auth,
  certificates,
  consumers,
  debug,
  'domain-form': domainForm,
  domains,
  'gateway-access': gatewayAccess,
  'gateway-create': gatewayCreate,
  gateways,
  'inference-services': inferenceServices,
  invocation,
  kit,
  members,
  'model-apis': modelApis,
  networks,
  objects,
  overview,
  plugins,
  problems,
  requests,
  services,
  settings,
  shell,
  sources,
  workspaces,
}
