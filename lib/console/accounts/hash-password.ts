import { consoleContext } from '@/lib/console/console-context.ts'

/** Takes tens of milliseconds of work on purpose, so never call it within a transaction. */
export async function hashPassword(password: string): Promise<string> {
  const { password: hasher } = await consoleContext().auth.$context
  return await hasher.hash(password)
}

export async function isPassword(password: string, hash: string): Promise<boolean> {
  const { password: hasher } = await consoleContext().auth.$context
  return await hasher.verify({ password, hash })
}
