/** The names under which host forms (`<service>.<name>`) reach the shared gateway, by side. */
export function gatewayHosts(options: {
  /** `SWITCHYARD_GATEWAY_HOST` */
  readonly gatewayHost: string
  /** `SWITCHYARD_BASE_DOMAIN` */
  readonly baseDomain: string | undefined
}): { readonly internet: readonly string[]; readonly vpc: readonly string[] } {
  const names = [options.gatewayHost, options.baseDomain].flatMap((name) =>
    name ? [name.toLowerCase()] : [],
  )
  const internet = [...new Set(names)]
  return { internet, vpc: [...internet, ...internet.map((name) => `vpc.${name}`)] }
}
