import { SetupPage } from './setup-page.tsx'

interface Props {
  readonly searchParams: Promise<{ readonly token?: string | string[] }>
}

export default async function Page({ searchParams }: Props) {
  const { token } = await searchParams
  return <SetupPage token={typeof token === 'string' ? token : ''} />
}
