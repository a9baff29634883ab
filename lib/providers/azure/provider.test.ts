import { azureFake } from '@/e2e/fakes/providers/azure.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { describeRecordings } from '@/lib/providers/testing/recordings.ts'
import { azure } from './provider.ts'

describeProviderContract(azure, azureFake)
describeRecordings(azure, import.meta.dirname)
