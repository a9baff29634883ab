-- AlterTable
ALTER TABLE "InstanceHealth" ADD COLUMN "until" DATETIME;

-- AlterTable
ALTER TABLE "ServiceToken" ADD COLUMN "requestsPerSecond" INTEGER;

-- CreateTable
CREATE TABLE "InstanceHealthEvent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "serviceId" TEXT NOT NULL,
    "instanceId" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "nodeId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Gateway" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "statusReason" TEXT,
    "spec" TEXT,
    "nodeCount" INTEGER NOT NULL DEFAULT 1,
    "billing" TEXT,
    "internetEnabled" BOOLEAN NOT NULL DEFAULT false,
    "vpcEnabled" BOOLEAN NOT NULL DEFAULT false,
    "limits" JSONB NOT NULL,
    "trustedProxies" JSONB NOT NULL,
    "proxyProtocol" JSONB NOT NULL DEFAULT '{"internet":false,"vpc":false}',
    "revision" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL
);
INSERT INTO "new_Gateway" ("billing", "createdAt", "id", "internetEnabled", "limits", "name", "nodeCount", "revision", "spec", "status", "statusReason", "trustedProxies", "type", "updatedAt", "version", "vpcEnabled", "workspaceId") SELECT "billing", "createdAt", "id", "internetEnabled", "limits", "name", "nodeCount", "revision", "spec", "status", "statusReason", "trustedProxies", "type", "updatedAt", "version", "vpcEnabled", "workspaceId" FROM "Gateway";
DROP TABLE "Gateway";
ALTER TABLE "new_Gateway" RENAME TO "Gateway";
CREATE UNIQUE INDEX "Gateway_name_key" ON "Gateway"("name");
CREATE INDEX "Gateway_workspaceId_idx" ON "Gateway"("workspaceId");
CREATE TABLE "new_GatewayNode" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "gatewayId" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "programVersion" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "listeners" JSONB NOT NULL,
    "revision" INTEGER,
    "appliedAt" DATETIME,
    "refusedRevision" INTEGER,
    "refusedReason" TEXT,
    "openRequests" INTEGER NOT NULL DEFAULT 0,
    "connections" INTEGER NOT NULL DEFAULT 0,
    "residentBytes" BIGINT NOT NULL DEFAULT 0,
    "rollupsDropped" INTEGER NOT NULL DEFAULT 0,
    "startedAt" DATETIME NOT NULL,
    "seenAt" DATETIME NOT NULL,
    CONSTRAINT "GatewayNode_gatewayId_fkey" FOREIGN KEY ("gatewayId") REFERENCES "Gateway" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_GatewayNode" ("appliedAt", "gatewayId", "host", "id", "listeners", "openRequests", "pid", "programVersion", "refusedReason", "refusedRevision", "residentBytes", "revision", "rollupsDropped", "seenAt", "startedAt", "state") SELECT "appliedAt", "gatewayId", "host", "id", "listeners", "openRequests", "pid", "programVersion", "refusedReason", "refusedRevision", "residentBytes", "revision", "rollupsDropped", "seenAt", "startedAt", "state" FROM "GatewayNode";
DROP TABLE "GatewayNode";
ALTER TABLE "new_GatewayNode" RENAME TO "GatewayNode";
CREATE INDEX "GatewayNode_gatewayId_idx" ON "GatewayNode"("gatewayId");
CREATE TABLE "new_InferenceService" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "gatewayId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "runtime" TEXT NOT NULL,
    "runtimeConfig" JSONB NOT NULL,
    "apiType" TEXT NOT NULL,
    "apiPath" TEXT,
    "model" TEXT,
    "protocol" TEXT NOT NULL,
    "upstreamHttp" TEXT NOT NULL DEFAULT '1.1',
    "vpcId" TEXT,
    "balancing" JSONB NOT NULL,
    "requestTimeoutMs" INTEGER NOT NULL,
    "requestsPerSecond" INTEGER,
    "concurrency" JSONB,
    "retries" JSONB NOT NULL DEFAULT '{"attempts":2,"idempotent":false}',
    "passiveHealth" JSONB DEFAULT '{"failures":5,"window":10,"windowMs":30000,"ejectMs":10000,"ejectMsMax":300000,"on":{"connect":true,"timeout":true,"serverError":true},"pauseOnRetryAfter":true}',
    "slowStartMs" INTEGER NOT NULL DEFAULT 10000,
    "panicThreshold" INTEGER NOT NULL DEFAULT 50,
    "healthCheck" JSONB,
    "forwardAuthorization" BOOLEAN NOT NULL DEFAULT false,
    "upstreamCredentialSealed" TEXT,
    "labels" JSONB NOT NULL,
    "running" BOOLEAN NOT NULL DEFAULT true,
    "createdById" TEXT,
    "createdByName" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "InferenceService_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "InferenceService_gatewayId_fkey" FOREIGN KEY ("gatewayId") REFERENCES "Gateway" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_InferenceService" ("apiPath", "apiType", "balancing", "createdAt", "createdById", "createdByName", "description", "forwardAuthorization", "gatewayId", "healthCheck", "id", "labels", "model", "name", "protocol", "requestTimeoutMs", "running", "runtime", "runtimeConfig", "updatedAt", "upstreamCredentialSealed", "version", "vpcId", "workspaceId") SELECT "apiPath", "apiType", "balancing", "createdAt", "createdById", "createdByName", "description", "forwardAuthorization", "gatewayId", "healthCheck", "id", "labels", "model", "name", "protocol", "requestTimeoutMs", "running", "runtime", "runtimeConfig", "updatedAt", "upstreamCredentialSealed", "version", "vpcId", "workspaceId" FROM "InferenceService";
DROP TABLE "InferenceService";
ALTER TABLE "new_InferenceService" RENAME TO "InferenceService";
CREATE UNIQUE INDEX "InferenceService_name_key" ON "InferenceService"("name");
CREATE INDEX "InferenceService_workspaceId_idx" ON "InferenceService"("workspaceId");
CREATE INDEX "InferenceService_gatewayId_idx" ON "InferenceService"("gatewayId");
CREATE TABLE "new_RequestRollup" (
    "serviceId" TEXT NOT NULL,
    "tokenId" TEXT NOT NULL,
    "minute" DATETIME NOT NULL,
    "gatewayId" TEXT NOT NULL,
    "requests" INTEGER NOT NULL,
    "clientErrors" INTEGER NOT NULL,
    "serverErrors" INTEGER NOT NULL,
    "rateLimited" INTEGER NOT NULL DEFAULT 0,
    "durationMsSum" REAL NOT NULL,
    "firstByteMsSum" REAL NOT NULL,
    "inputTokens" BIGINT NOT NULL,
    "outputTokens" BIGINT NOT NULL,
    "bytesIn" BIGINT NOT NULL,
    "bytesOut" BIGINT NOT NULL,

    PRIMARY KEY ("serviceId", "tokenId", "minute")
);
INSERT INTO "new_RequestRollup" ("bytesIn", "bytesOut", "clientErrors", "durationMsSum", "firstByteMsSum", "gatewayId", "inputTokens", "minute", "outputTokens", "requests", "serverErrors", "serviceId", "tokenId") SELECT "bytesIn", "bytesOut", "clientErrors", "durationMsSum", "firstByteMsSum", "gatewayId", "inputTokens", "minute", "outputTokens", "requests", "serverErrors", "serviceId", "tokenId" FROM "RequestRollup";
DROP TABLE "RequestRollup";
ALTER TABLE "new_RequestRollup" RENAME TO "RequestRollup";
CREATE INDEX "RequestRollup_minute_idx" ON "RequestRollup"("minute");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "InstanceHealthEvent_serviceId_at_id_idx" ON "InstanceHealthEvent"("serviceId", "at", "id");

-- CreateIndex
CREATE INDEX "InstanceHealthEvent_at_idx" ON "InstanceHealthEvent"("at");
