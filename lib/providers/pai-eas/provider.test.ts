import { paiEasFake } from '@/e2e/fakes/providers/pai-eas.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { describeRecordings } from '@/lib/providers/testing/recordings.ts'
import { paiEas } from './provider.ts'

describeProviderContract(paiEas, paiEasFake)
describeRecordings(paiEas, import.meta.dirname)
