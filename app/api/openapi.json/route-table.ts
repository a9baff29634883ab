import * as accountPassword from '@/app/api/v1/account/password/route.ts'
import * as account from '@/app/api/v1/account/route.ts'
import * as accountSessionsId from '@/app/api/v1/account/sessions/[id]/route.ts'
import * as accountSessions from '@/app/api/v1/account/sessions/route.ts'
import * as invitationsAccept from '@/app/api/v1/invitations/accept/route.ts'
import * as providers from '@/app/api/v1/providers/route.ts'
import * as session from '@/app/api/v1/session/route.ts'
import * as settings from '@/app/api/v1/settings/route.ts'
import * as setup from '@/app/api/v1/setup/route.ts'
import * as signIn from '@/app/api/v1/sign-in/route.ts'
import * as signOut from '@/app/api/v1/sign-out/route.ts'
import * as tokensId from '@/app/api/v1/tokens/[id]/route.ts'
import * as tokens from '@/app/api/v1/tokens/route.ts'
import * as workspacesWorkspaceActivity from '@/app/api/v1/workspaces/[workspace]/activity/route.ts'
import * as workspacesWorkspaceCertificatesId from '@/app/api/v1/workspaces/[workspace]/certificates/[id]/route.ts'
import * as workspacesWorkspaceCertificatesPreview from '@/app/api/v1/workspaces/[workspace]/certificates/preview/route.ts'
import * as workspacesWorkspaceCertificates from '@/app/api/v1/workspaces/[workspace]/certificates/route.ts'
import * as workspacesWorkspaceConsumersIdCredentialsCredentialRotate from '@/app/api/v1/workspaces/[workspace]/consumers/[id]/credentials/[credential]/rotate/route.ts'
import * as workspacesWorkspaceConsumersIdCredentialsCredential from '@/app/api/v1/workspaces/[workspace]/consumers/[id]/credentials/[credential]/route.ts'
import * as workspacesWorkspaceConsumersIdCredentials from '@/app/api/v1/workspaces/[workspace]/consumers/[id]/credentials/route.ts'
import * as workspacesWorkspaceConsumersId from '@/app/api/v1/workspaces/[workspace]/consumers/[id]/route.ts'
import * as workspacesWorkspaceConsumers from '@/app/api/v1/workspaces/[workspace]/consumers/route.ts'
import * as workspacesWorkspaceDomainsIdCheckDns from '@/app/api/v1/workspaces/[workspace]/domains/[id]/check-dns/route.ts'
import * as workspacesWorkspaceDomainsIdOrderCertificate from '@/app/api/v1/workspaces/[workspace]/domains/[id]/order-certificate/route.ts'
import * as workspacesWorkspaceDomainsId from '@/app/api/v1/workspaces/[workspace]/domains/[id]/route.ts'
import * as workspacesWorkspaceDomains from '@/app/api/v1/workspaces/[workspace]/domains/route.ts'
import * as workspacesWorkspaceEvents from '@/app/api/v1/workspaces/[workspace]/events/route.ts'
import * as workspacesWorkspaceGatewaysGatewayCheckConnectivity from '@/app/api/v1/workspaces/[workspace]/gateways/[gateway]/check-connectivity/route.ts'
import * as workspacesWorkspaceGatewaysGatewayDefault from '@/app/api/v1/workspaces/[workspace]/gateways/[gateway]/default/route.ts'
import * as workspacesWorkspaceGatewaysGatewayInternet from '@/app/api/v1/workspaces/[workspace]/gateways/[gateway]/internet/route.ts'
import * as workspacesWorkspaceGatewaysGatewayInternetWhitelist from '@/app/api/v1/workspaces/[workspace]/gateways/[gateway]/internet/whitelist/route.ts'
import * as workspacesWorkspaceGatewaysGatewayNodes from '@/app/api/v1/workspaces/[workspace]/gateways/[gateway]/nodes/route.ts'
import * as workspacesWorkspaceGatewaysGatewayRevisionsNumberRestore from '@/app/api/v1/workspaces/[workspace]/gateways/[gateway]/revisions/[number]/restore/route.ts'
import * as workspacesWorkspaceGatewaysGatewayRevisionsNumber from '@/app/api/v1/workspaces/[workspace]/gateways/[gateway]/revisions/[number]/route.ts'
import * as workspacesWorkspaceGatewaysGatewayRevisions from '@/app/api/v1/workspaces/[workspace]/gateways/[gateway]/revisions/route.ts'
import * as workspacesWorkspaceGatewaysGatewayRollout from '@/app/api/v1/workspaces/[workspace]/gateways/[gateway]/rollout/route.ts'
import * as workspacesWorkspaceGatewaysGateway from '@/app/api/v1/workspaces/[workspace]/gateways/[gateway]/route.ts'
import * as workspacesWorkspaceGatewaysGatewayVpcsLink from '@/app/api/v1/workspaces/[workspace]/gateways/[gateway]/vpcs/[link]/route.ts'
import * as workspacesWorkspaceGatewaysGatewayVpcsLinkWhitelist from '@/app/api/v1/workspaces/[workspace]/gateways/[gateway]/vpcs/[link]/whitelist/route.ts'
import * as workspacesWorkspaceGatewaysGatewayVpcs from '@/app/api/v1/workspaces/[workspace]/gateways/[gateway]/vpcs/route.ts'
import * as workspacesWorkspaceGateways from '@/app/api/v1/workspaces/[workspace]/gateways/route.ts'
import * as workspacesWorkspaceInferenceServicesIdEndpoints from '@/app/api/v1/workspaces/[workspace]/inference-services/[id]/endpoints/route.ts'
import * as workspacesWorkspaceInferenceServicesIdHealthEvents from '@/app/api/v1/workspaces/[workspace]/inference-services/[id]/health-events/route.ts'
import * as workspacesWorkspaceInferenceServicesId from '@/app/api/v1/workspaces/[workspace]/inference-services/[id]/route.ts'
import * as workspacesWorkspaceInferenceServicesIdStart from '@/app/api/v1/workspaces/[workspace]/inference-services/[id]/start/route.ts'
import * as workspacesWorkspaceInferenceServicesIdStop from '@/app/api/v1/workspaces/[workspace]/inference-services/[id]/stop/route.ts'
import * as workspacesWorkspaceInferenceServicesIdTestRequest from '@/app/api/v1/workspaces/[workspace]/inference-services/[id]/test-request/route.ts'
import * as workspacesWorkspaceInferenceServicesIdTokensToken from '@/app/api/v1/workspaces/[workspace]/inference-services/[id]/tokens/[token]/route.ts'
import * as workspacesWorkspaceInferenceServicesIdTokens from '@/app/api/v1/workspaces/[workspace]/inference-services/[id]/tokens/route.ts'
import * as workspacesWorkspaceInferenceServicesMove from '@/app/api/v1/workspaces/[workspace]/inference-services/move/route.ts'
import * as workspacesWorkspaceInferenceServicesNameAvailable from '@/app/api/v1/workspaces/[workspace]/inference-services/name-available/route.ts'
import * as workspacesWorkspaceInferenceServices from '@/app/api/v1/workspaces/[workspace]/inference-services/route.ts'
import * as workspacesWorkspaceInvitationsId from '@/app/api/v1/workspaces/[workspace]/invitations/[id]/route.ts'
import * as workspacesWorkspaceInvitations from '@/app/api/v1/workspaces/[workspace]/invitations/route.ts'
import * as workspacesWorkspaceMembersId from '@/app/api/v1/workspaces/[workspace]/members/[id]/route.ts'
import * as workspacesWorkspaceMembers from '@/app/api/v1/workspaces/[workspace]/members/route.ts'
import * as workspacesWorkspaceModelApisIdDebug from '@/app/api/v1/workspaces/[workspace]/model-apis/[id]/debug/route.ts'
import * as workspacesWorkspaceModelApisIdPluginsModerationTry from '@/app/api/v1/workspaces/[workspace]/model-apis/[id]/plugins/moderation/try/route.ts'
import * as workspacesWorkspaceModelApisIdPluginsSelfTest from '@/app/api/v1/workspaces/[workspace]/model-apis/[id]/plugins/self-test/route.ts'
import * as workspacesWorkspaceModelApisId from '@/app/api/v1/workspaces/[workspace]/model-apis/[id]/route.ts'
import * as workspacesWorkspaceModelApisIdWhatIf from '@/app/api/v1/workspaces/[workspace]/model-apis/[id]/what-if/route.ts'
import * as workspacesWorkspaceModelApis from '@/app/api/v1/workspaces/[workspace]/model-apis/route.ts'
import * as workspacesWorkspaceModelApisTestRoute from '@/app/api/v1/workspaces/[workspace]/model-apis/test-route/route.ts'
import * as workspacesWorkspaceOverview from '@/app/api/v1/workspaces/[workspace]/overview/route.ts'
import * as workspacesWorkspaceRequestsId from '@/app/api/v1/workspaces/[workspace]/requests/[id]/route.ts'
import * as workspacesWorkspaceRequests from '@/app/api/v1/workspaces/[workspace]/requests/route.ts'
import * as workspacesWorkspace from '@/app/api/v1/workspaces/[workspace]/route.ts'
import * as workspacesWorkspaceSearch from '@/app/api/v1/workspaces/[workspace]/search/route.ts'
import * as workspacesWorkspaceSecurityGroupsId from '@/app/api/v1/workspaces/[workspace]/security-groups/[id]/route.ts'
import * as workspacesWorkspaceSecurityGroups from '@/app/api/v1/workspaces/[workspace]/security-groups/route.ts'
import * as workspacesWorkspaceServicesIdModels from '@/app/api/v1/workspaces/[workspace]/services/[id]/models/route.ts'
import * as workspacesWorkspaceServicesId from '@/app/api/v1/workspaces/[workspace]/services/[id]/route.ts'
import * as workspacesWorkspaceServicesIdTest from '@/app/api/v1/workspaces/[workspace]/services/[id]/test/route.ts'
import * as workspacesWorkspaceServicesModels from '@/app/api/v1/workspaces/[workspace]/services/models/route.ts'
import * as workspacesWorkspaceServices from '@/app/api/v1/workspaces/[workspace]/services/route.ts'
import * as workspacesWorkspaceServicesTest from '@/app/api/v1/workspaces/[workspace]/services/test/route.ts'
import * as workspacesWorkspaceSourcesIdCatalogue from '@/app/api/v1/workspaces/[workspace]/sources/[id]/catalogue/route.ts'
import * as workspacesWorkspaceSourcesId from '@/app/api/v1/workspaces/[workspace]/sources/[id]/route.ts'
import * as workspacesWorkspaceSourcesCheck from '@/app/api/v1/workspaces/[workspace]/sources/check/route.ts'
import * as workspacesWorkspaceSourcesQuota from '@/app/api/v1/workspaces/[workspace]/sources/quota/route.ts'
import * as workspacesWorkspaceSources from '@/app/api/v1/workspaces/[workspace]/sources/route.ts'
import * as workspacesWorkspaceTokensId from '@/app/api/v1/workspaces/[workspace]/tokens/[id]/route.ts'
import * as workspacesWorkspaceTokens from '@/app/api/v1/workspaces/[workspace]/tokens/route.ts'
import * as workspacesWorkspaceVpcConsentsId from '@/app/api/v1/workspaces/[workspace]/vpc-consents/[id]/route.ts'
import * as workspacesWorkspaceVpcConsents from '@/app/api/v1/workspaces/[workspace]/vpc-consents/route.ts'
import * as workspacesWorkspaceVpcsId from '@/app/api/v1/workspaces/[workspace]/vpcs/[id]/route.ts'
import * as workspacesWorkspaceVpcs from '@/app/api/v1/workspaces/[workspace]/vpcs/route.ts'
import * as workspacesWorkspaceVswitchesId from '@/app/api/v1/workspaces/[workspace]/vswitches/[id]/route.ts'
import * as workspacesWorkspaceVswitches from '@/app/api/v1/workspaces/[workspace]/vswitches/route.ts'
import * as workspaces from '@/app/api/v1/workspaces/route.ts'

/** Every route of the console API by its address. The test beside this file finds one that is missing. */
export const routeTable = {
  '/api/v1/account': account,
  '/api/v1/account/password': accountPassword,
  '/api/v1/account/sessions': accountSessions,
  '/api/v1/account/sessions/{id}': accountSessionsId,
  '/api/v1/invitations/accept': invitationsAccept,
  '/api/v1/providers': providers,
  '/api/v1/session': session,
  '/api/v1/settings': settings,
  '/api/v1/setup': setup,
  '/api/v1/sign-in': signIn,
  '/api/v1/sign-out': signOut,
  '/api/v1/tokens': tokens,
  '/api/v1/tokens/{id}': tokensId,
  '/api/v1/workspaces': workspaces,
  '/api/v1/workspaces/{workspace}': workspacesWorkspace,
  '/api/v1/workspaces/{workspace}/activity': workspacesWorkspaceActivity,
  '/api/v1/workspaces/{workspace}/certificates': workspacesWorkspaceCertificates,
  '/api/v1/workspaces/{workspace}/certificates/preview': workspacesWorkspaceCertificatesPreview,
  '/api/v1/workspaces/{workspace}/certificates/{id}': workspacesWorkspaceCertificatesId,
  '/api/v1/workspaces/{workspace}/consumers': workspacesWorkspaceConsumers,
  '/api/v1/workspaces/{workspace}/consumers/{id}': workspacesWorkspaceConsumersId,
  '/api/v1/workspaces/{workspace}/consumers/{id}/credentials': workspacesWorkspaceConsumersIdCredentials,
  '/api/v1/workspaces/{workspace}/consumers/{id}/credentials/{credential}':
    workspacesWorkspaceConsumersIdCredentialsCredential,
  '/api/v1/workspaces/{workspace}/consumers/{id}/credentials/{credential}/rotate':
    workspacesWorkspaceConsumersIdCredentialsCredentialRotate,
  '/api/v1/workspaces/{workspace}/domains': workspacesWorkspaceDomains,
  '/api/v1/workspaces/{workspace}/domains/{id}': workspacesWorkspaceDomainsId,
  '/api/v1/workspaces/{workspace}/domains/{id}/check-dns': workspacesWorkspaceDomainsIdCheckDns,
  '/api/v1/workspaces/{workspace}/domains/{id}/order-certificate':
    workspacesWorkspaceDomainsIdOrderCertificate,
  '/api/v1/workspaces/{workspace}/events': workspacesWorkspaceEvents,
  '/api/v1/workspaces/{workspace}/gateways': workspacesWorkspaceGateways,
  '/api/v1/workspaces/{workspace}/gateways/{gateway}': workspacesWorkspaceGatewaysGateway,
  '/api/v1/workspaces/{workspace}/gateways/{gateway}/check-connectivity':
    workspacesWorkspaceGatewaysGatewayCheckConnectivity,
  '/api/v1/workspaces/{workspace}/gateways/{gateway}/internet': workspacesWorkspaceGatewaysGatewayInternet,
  '/api/v1/workspaces/{workspace}/gateways/{gateway}/internet/whitelist':
    workspacesWorkspaceGatewaysGatewayInternetWhitelist,
  '/api/v1/workspaces/{workspace}/gateways/{gateway}/vpcs': workspacesWorkspaceGatewaysGatewayVpcs,
  '/api/v1/workspaces/{workspace}/gateways/{gateway}/vpcs/{link}': workspacesWorkspaceGatewaysGatewayVpcsLink,
  '/api/v1/workspaces/{workspace}/gateways/{gateway}/vpcs/{link}/whitelist':
    workspacesWorkspaceGatewaysGatewayVpcsLinkWhitelist,
  '/api/v1/workspaces/{workspace}/gateways/{gateway}/default': workspacesWorkspaceGatewaysGatewayDefault,
  '/api/v1/workspaces/{workspace}/gateways/{gateway}/nodes': workspacesWorkspaceGatewaysGatewayNodes,
  '/api/v1/workspaces/{workspace}/gateways/{gateway}/revisions': workspacesWorkspaceGatewaysGatewayRevisions,
  '/api/v1/workspaces/{workspace}/gateways/{gateway}/revisions/{number}':
    workspacesWorkspaceGatewaysGatewayRevisionsNumber,
  '/api/v1/workspaces/{workspace}/gateways/{gateway}/revisions/{number}/restore':
    workspacesWorkspaceGatewaysGatewayRevisionsNumberRestore,
  '/api/v1/workspaces/{workspace}/gateways/{gateway}/rollout': workspacesWorkspaceGatewaysGatewayRollout,
  '/api/v1/workspaces/{workspace}/inference-services': workspacesWorkspaceInferenceServices,
  '/api/v1/workspaces/{workspace}/inference-services/move': workspacesWorkspaceInferenceServicesMove,
  '/api/v1/workspaces/{workspace}/inference-services/name-available':
    workspacesWorkspaceInferenceServicesNameAvailable,
  '/api/v1/workspaces/{workspace}/inference-services/{id}': workspacesWorkspaceInferenceServicesId,
  '/api/v1/workspaces/{workspace}/inference-services/{id}/endpoints':
    workspacesWorkspaceInferenceServicesIdEndpoints,
  '/api/v1/workspaces/{workspace}/inference-services/{id}/health-events':
    workspacesWorkspaceInferenceServicesIdHealthEvents,
  '/api/v1/workspaces/{workspace}/inference-services/{id}/start': workspacesWorkspaceInferenceServicesIdStart,
  '/api/v1/workspaces/{workspace}/inference-services/{id}/stop': workspacesWorkspaceInferenceServicesIdStop,
  '/api/v1/workspaces/{workspace}/inference-services/{id}/test-request':
    workspacesWorkspaceInferenceServicesIdTestRequest,
  '/api/v1/workspaces/{workspace}/inference-services/{id}/tokens':
    workspacesWorkspaceInferenceServicesIdTokens,
  '/api/v1/workspaces/{workspace}/inference-services/{id}/tokens/{token}':
    workspacesWorkspaceInferenceServicesIdTokensToken,
  '/api/v1/workspaces/{workspace}/invitations': workspacesWorkspaceInvitations,
  '/api/v1/workspaces/{workspace}/invitations/{id}': workspacesWorkspaceInvitationsId,
  '/api/v1/workspaces/{workspace}/members': workspacesWorkspaceMembers,
  '/api/v1/workspaces/{workspace}/members/{id}': workspacesWorkspaceMembersId,
  '/api/v1/workspaces/{workspace}/model-apis': workspacesWorkspaceModelApis,
  '/api/v1/workspaces/{workspace}/model-apis/{id}': workspacesWorkspaceModelApisId,
  '/api/v1/workspaces/{workspace}/model-apis/{id}/debug': workspacesWorkspaceModelApisIdDebug,
  '/api/v1/workspaces/{workspace}/model-apis/{id}/plugins/moderation/try':
    workspacesWorkspaceModelApisIdPluginsModerationTry,
  '/api/v1/workspaces/{workspace}/model-apis/{id}/plugins/self-test':
    workspacesWorkspaceModelApisIdPluginsSelfTest,
  '/api/v1/workspaces/{workspace}/model-apis/{id}/what-if': workspacesWorkspaceModelApisIdWhatIf,
  '/api/v1/workspaces/{workspace}/model-apis/test-route': workspacesWorkspaceModelApisTestRoute,
  '/api/v1/workspaces/{workspace}/overview': workspacesWorkspaceOverview,
  '/api/v1/workspaces/{workspace}/requests': workspacesWorkspaceRequests,
  '/api/v1/workspaces/{workspace}/requests/{id}': workspacesWorkspaceRequestsId,
  '/api/v1/workspaces/{workspace}/search': workspacesWorkspaceSearch,
  '/api/v1/workspaces/{workspace}/security-groups': workspacesWorkspaceSecurityGroups,
  '/api/v1/workspaces/{workspace}/security-groups/{id}': workspacesWorkspaceSecurityGroupsId,
  '/api/v1/workspaces/{workspace}/services': workspacesWorkspaceServices,
  '/api/v1/workspaces/{workspace}/services/models': workspacesWorkspaceServicesModels,
  '/api/v1/workspaces/{workspace}/services/test': workspacesWorkspaceServicesTest,
  '/api/v1/workspaces/{workspace}/services/{id}': workspacesWorkspaceServicesId,
  '/api/v1/workspaces/{workspace}/services/{id}/models': workspacesWorkspaceServicesIdModels,
  '/api/v1/workspaces/{workspace}/services/{id}/test': workspacesWorkspaceServicesIdTest,
  '/api/v1/workspaces/{workspace}/sources': workspacesWorkspaceSources,
  '/api/v1/workspaces/{workspace}/sources/check': workspacesWorkspaceSourcesCheck,
  '/api/v1/workspaces/{workspace}/sources/quota': workspacesWorkspaceSourcesQuota,
  '/api/v1/workspaces/{workspace}/sources/{id}': workspacesWorkspaceSourcesId,
  '/api/v1/workspaces/{workspace}/sources/{id}/catalogue': workspacesWorkspaceSourcesIdCatalogue,
  '/api/v1/workspaces/{workspace}/tokens': workspacesWorkspaceTokens,
  '/api/v1/workspaces/{workspace}/tokens/{id}': workspacesWorkspaceTokensId,
  '/api/v1/workspaces/{workspace}/vpc-consents': workspacesWorkspaceVpcConsents,
  '/api/v1/workspaces/{workspace}/vpc-consents/{id}': workspacesWorkspaceVpcConsentsId,
  '/api/v1/workspaces/{workspace}/vpcs': workspacesWorkspaceVpcs,
  '/api/v1/workspaces/{workspace}/vpcs/{id}': workspacesWorkspaceVpcsId,
  '/api/v1/workspaces/{workspace}/vswitches': workspacesWorkspaceVswitches,
  '/api/v1/workspaces/{workspace}/vswitches/{id}': workspacesWorkspaceVswitchesId,
} as const
