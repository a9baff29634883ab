import { TokensPage } from '../tokens-page.tsx'

export default function Page() {
  return <TokensPage />
}
