import { notFound } from 'next/navigation'

/** Addresses in a workspace that lead nowhere: answered inside the shell. */
export default function Page() {
  notFound()
}
