export type GatewaySide = 'internet' | 'vpc'

/** How the shared gateway is printed, from the environment. */
export interface PrintedGateway {
  readonly host: string
  /** Host forms stand below it. */
  readonly baseDomain: string
  readonly ports: Readonly<Record<GatewaySide, number>>
}

/** `http://localhost:8080`; the default ports of http and https are left out. */
export function gatewayAddress(gateway: PrintedGateway, side: GatewaySide): string {
  return origin(gateway.host, gateway.ports[side])
}

/** `http://localhost:8080/api/predict/qwen_7b` */
export function pathEndpoint(gateway: PrintedGateway, side: GatewaySide, service: string): string {
  return `${gatewayAddress(gateway, side)}/api/predict/${service}`
}

/** `http://qwen-7b.localhost:8080`: a host name has no `_`, so it is written `-`. */
export function hostEndpoint(gateway: PrintedGateway, side: GatewaySide, service: string): string {
  return origin(`${service.replaceAll('_', '-')}.${gateway.baseDomain}`, gateway.ports[side])
}

function origin(host: string, port: number): string {
  if (port === 443) return `https://${host}`
  return port === 80 ? `http://${host}` : `http://${host}:${port}`
}
