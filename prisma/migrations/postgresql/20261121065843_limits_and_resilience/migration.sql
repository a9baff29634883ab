-- AlterTable
ALTER TABLE "Gateway" ADD COLUMN     "proxyProtocol" JSONB NOT NULL DEFAULT '{"internet":false,"vpc":false}';

-- AlterTable
ALTER TABLE "GatewayNode" ADD COLUMN     "connections" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "InferenceService" ADD COLUMN     "concurrency" JSONB,
ADD COLUMN     "panicThreshold" INTEGER NOT NULL DEFAULT 50,
ADD COLUMN     "passiveHealth" JSONB DEFAULT '{"failures":5,"window":10,"windowMs":30000,"ejectMs":10000,"ejectMsMax":300000,"on":{"connect":true,"timeout":true,"serverError":true},"pauseOnRetryAfter":true}',
ADD COLUMN     "requestsPerSecond" INTEGER,
ADD COLUMN     "retries" JSONB NOT NULL DEFAULT '{"attempts":2,"idempotent":false}',
ADD COLUMN     "slowStartMs" INTEGER NOT NULL DEFAULT 10000,
ADD COLUMN     "upstreamHttp" TEXT NOT NULL DEFAULT '1.1';

-- AlterTable
ALTER TABLE "InstanceHealth" ADD COLUMN     "until" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "ServiceToken" ADD COLUMN     "requestsPerSecond" INTEGER;

-- AlterTable
ALTER TABLE "RequestRollup" ADD COLUMN     "rateLimited" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "InstanceHealthEvent" (
    "id" TEXT NOT NULL,
    "serviceId" TEXT NOT NULL,
    "instanceId" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "nodeId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,

    CONSTRAINT "InstanceHealthEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "InstanceHealthEvent_serviceId_at_id_idx" ON "InstanceHealthEvent"("serviceId", "at", "id");

-- CreateIndex
CREATE INDEX "InstanceHealthEvent_at_idx" ON "InstanceHealthEvent"("at");
