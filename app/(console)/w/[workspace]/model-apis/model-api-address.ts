import type { ModelApi } from '@/lib/domain/model-api.ts'

/** Domain and base path of each place that an API answers at: `api.example.com/team`. */
export function placesOf({ addresses }: Pick<ModelApi, 'addresses'>): string[] {
  const places = addresses.map(({ path, url }) => {
    const whole = url.endsWith(path) ? url.slice(0, -path.length) : url
    return whole.replace(/^https?:\/\//, '')
  })
  return [...new Set(places)]
}
