import account from './en/account.json' with { type: 'json' }
import activity from './en/activity.json' with { type: 'json' }
import auth from './en/auth.json' with { type: 'json' }
import certificates from './en/certificates.json' with { type: 'json' }
import consumers from './en/consumers.json' with { type: 'json' }
import debug from './en/debug.json' with { type: 'json' }
import domainForm from './en/domain-form.json' with { type: 'json' }
import domains from './en/domains.json' with { type: 'json' }
import gatewayAccess from './en/gateway-access.json' with { type: 'json' }
import gatewayCreate from './en/gateway-create.json' with { type: 'json' }
import gateways from './en/gateways.json' with { type: 'json' }
import inferenceServices from './en/inference-services.json' with { type: 'json' }
import invocation from './en/invocation.json' with { type: 'json' }
import kit from './en/kit.json' with { type: 'json' }
import members from './en/members.json' with { type: 'json' }
import modelApis from './en/model-apis.json' with { type: 'json' }
import networks from './en/networks.json' with { type: 'json' }
import objects from './en/objects.json' with { type: 'json' }
import overview from './en/overview.json' with { type: 'json' }
import plugins from './en/plugins.json' with { type: 'json' }
import problems from './en/problems.json' with { type: 'json' }
import requests from './en/requests.json' with { type: 'json' }
import services from './en/services.json' with { type: 'json' }
import settings from './en/settings.json' with { type: 'json' }
import shell from './en/shell.json' with { type: 'json' }
import sources from './en/sources.json' with { type: 'json' }
import workspaces from './en/workspaces.json' with { type: 'json' }

export const english = {
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
