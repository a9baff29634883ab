import type { ServiceBase } from './service-base.ts'

const versionAtEnd = /\/v\d+(?:(?:alpha|beta)\d*)?(?:\/openai)?$/

/**
 * Which bases get the `/v1` that was left out: `origin`: those without any path; `always`: all whose path does not
 * end with a version, of providers whose own base has none.
 */
export type VersionRule = 'origin' | 'always'

export function withVersion(base: ServiceBase, rule: VersionRule): ServiceBase {
  const lacksVersion = rule === 'always' ? !versionAtEnd.test(base.path) : base.path === ''
  return lacksVersion ? { ...base, path: `${base.path}/v1` } : base
}
