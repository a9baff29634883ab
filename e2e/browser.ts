import { existsSync } from 'node:fs'

/** A browser of the system where there is one; null leaves it to Playwright's own. */
export function findChromium(): string | null {
  const places = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser']
  return places.find((place) => place !== undefined && existsSync(place)) ?? null
}

/** Quiet and without a sandbox, which containers do not offer; nothing here calls home. */
export const browserFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const
