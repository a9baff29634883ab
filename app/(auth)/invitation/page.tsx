import { InvitationPage } from './invitation-page.tsx'

interface Props {
  readonly searchParams: Promise<{ readonly token?: string | string[] }>
}

export default async function Page({ searchParams }: Props) {
  const { token } = await searchParams
  return <InvitationPage token={typeof token === 'string' ? token : ''} />
}
