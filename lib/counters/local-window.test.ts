import { LocalWindow } from './local-window.ts'
import { describeRateWindowContract } from './testing/rate-window-contract.ts'

describeRateWindowContract('A window of one process', () => new LocalWindow())
