import { GatewayError } from '@/lib/gateway/error.ts'
import { failureReason } from '@/lib/gateway/runtime/health/failure-reason.ts'

const trust = 'Give its CA where the service takes one, or make the gateway trust it (NODE_EXTRA_CA_CERTS).'

/** What is known to be wrong, by the reason that a failed connection has, and what to do about it. */
const advice: Readonly<Record<string, string>> = {
  'Certificate is self-signed': `The certificate is self-signed. ${trust}`,
  'Certificate chain is self-signed': `The certificate is signed by an authority of its own. ${trust}`,
  'Certificate is not trusted': `The certificate is signed by an unknown authority. ${trust}`,
  'Certificate has expired': 'The certificate has expired; it must be renewed at the upstream.',
  'Certificate is for another name':
    'The certificate is for another name; give the name that it has as the server name.',
  'Answer is not TLS': 'The upstream does not speak TLS at this port; use http: or another port.',
  'A client certificate is required': 'The upstream asks for a client certificate; choose mutual TLS.',
  'Name not found': 'The name was not found in DNS; check how the address is written.',
  'Name look-up failed': 'The name server does not answer; try again, or give an IP address.',
  'Connection refused': 'The connection was refused: nothing listens at this address and port.',
  'Host unreachable': 'The host cannot be reached from here.',
  'Network unreachable': 'The network of the address cannot be reached from here.',
  'Connect timed out': 'No connection came about in time; a firewall may stand between.',
  'Answer is not valid HTTP': 'What answers is not HTTP; use https: or another port.',
  'Address denied by the egress policy': 'The egress policy does not allow this address.',
}

/** Why there was no answer, and what to do, in one or two sentences that are safe to show. */
export function explainError(error: unknown): string {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const reason = failureReason(cause, '')
    if (reason !== '') return advice[reason] ?? reason
  }
  return error instanceof GatewayError ? error.publicMessage : 'The request failed.'
}
