import { safeNextPath } from './safe-next-path.ts'
import { SignInPage } from './sign-in-page.tsx'

interface Props {
  readonly searchParams: Promise<{ readonly next?: string | string[] }>
}

export default async function Page({ searchParams }: Props) {
  const { next } = await searchParams
  return <SignInPage next={safeNextPath(typeof next === 'string' ? next : null)} />
}
