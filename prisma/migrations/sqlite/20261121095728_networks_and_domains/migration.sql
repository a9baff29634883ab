-- CreateTable
CREATE TABLE "AcmeAccount" (
    "directoryUrl" TEXT NOT NULL PRIMARY KEY,
    "keySealed" TEXT NOT NULL,
    "accountUrl" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "AcmeChallenge" (
    "token" TEXT NOT NULL PRIMARY KEY,
    "keyAuthorization" TEXT NOT NULL,
    "domainId" TEXT NOT NULL,
    "gatewayId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "AcmeChallenge_domainId_fkey" FOREIGN KEY ("domainId") REFERENCES "Domain" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "PortAllocation" (
    "port" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "gatewayId" TEXT NOT NULL,
    "door" TEXT NOT NULL,
    "serviceId" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "PortAllocation_gatewayId_fkey" FOREIGN KEY ("gatewayId") REFERENCES "Gateway" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "HostReport" (
    "host" TEXT NOT NULL PRIMARY KEY,
    "report" JSONB NOT NULL,
    "seenAt" DATETIME NOT NULL
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
    "nodeCountMax" INTEGER NOT NULL DEFAULT 1,
    "billing" TEXT,
    "billingMonths" INTEGER,
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
INSERT INTO "new_Gateway" ("billing", "createdAt", "id", "internetEnabled", "limits", "name", "nodeCount", "proxyProtocol", "revision", "spec", "status", "statusReason", "trustedProxies", "type", "updatedAt", "version", "vpcEnabled", "workspaceId") SELECT "billing", "createdAt", "id", "internetEnabled", "limits", "name", "nodeCount", "proxyProtocol", "revision", "spec", "status", "statusReason", "trustedProxies", "type", "updatedAt", "version", "vpcEnabled", "workspaceId" FROM "Gateway";
DROP TABLE "Gateway";
ALTER TABLE "new_Gateway" RENAME TO "Gateway";
CREATE UNIQUE INDEX "Gateway_name_key" ON "Gateway"("name");
CREATE INDEX "Gateway_workspaceId_idx" ON "Gateway"("workspaceId");
CREATE TABLE "new_GatewayVpcLink" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "gatewayId" TEXT NOT NULL,
    "vpcId" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "vswitchIds" JSONB NOT NULL,
    "authoritativeDns" BOOLEAN NOT NULL DEFAULT false,
    "consent" TEXT NOT NULL DEFAULT 'granted',
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "GatewayVpcLink_gatewayId_fkey" FOREIGN KEY ("gatewayId") REFERENCES "Gateway" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_GatewayVpcLink" ("authoritativeDns", "createdAt", "gatewayId", "id", "side", "updatedAt", "version", "vpcId", "vswitchIds") SELECT "authoritativeDns", "createdAt", "gatewayId", "id", "side", "updatedAt", "version", "vpcId", "vswitchIds" FROM "GatewayVpcLink";
DROP TABLE "GatewayVpcLink";
ALTER TABLE "new_GatewayVpcLink" RENAME TO "GatewayVpcLink";
CREATE INDEX "GatewayVpcLink_vpcId_idx" ON "GatewayVpcLink"("vpcId");
CREATE UNIQUE INDEX "GatewayVpcLink_gatewayId_vpcId_side_key" ON "GatewayVpcLink"("gatewayId", "vpcId", "side");
CREATE TABLE "new_Certificate" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL DEFAULT 'uploaded',
    "chainPem" TEXT NOT NULL,
    "keySealed" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "names" JSONB NOT NULL,
    "issuer" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL DEFAULT '',
    "notBefore" DATETIME NOT NULL,
    "notAfter" DATETIME NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL
);
INSERT INTO "new_Certificate" ("chainPem", "createdAt", "id", "issuer", "keySealed", "name", "names", "notAfter", "notBefore", "subject", "updatedAt", "version", "workspaceId") SELECT "chainPem", "createdAt", "id", "issuer", "keySealed", "name", "names", "notAfter", "notBefore", "subject", "updatedAt", "version", "workspaceId" FROM "Certificate";
DROP TABLE "Certificate";
ALTER TABLE "new_Certificate" RENAME TO "Certificate";
CREATE UNIQUE INDEX "Certificate_workspaceId_name_key" ON "Certificate"("workspaceId", "name");
CREATE TABLE "new_Domain" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT,
    "gatewayId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "unicodeName" TEXT NOT NULL DEFAULT '',
    "side" TEXT NOT NULL,
    "protocol" TEXT NOT NULL,
    "certificateId" TEXT,
    "forceHttps" BOOLEAN NOT NULL DEFAULT false,
    "vpcId" TEXT,
    "automaticCertificate" BOOLEAN NOT NULL DEFAULT false,
    "certificateError" TEXT,
    "certificateTriedAt" DATETIME,
    "dnsState" TEXT NOT NULL DEFAULT 'unknown',
    "dnsFound" TEXT,
    "dnsCheckedAt" DATETIME,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Domain_gatewayId_fkey" FOREIGN KEY ("gatewayId") REFERENCES "Gateway" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Domain_certificateId_fkey" FOREIGN KEY ("certificateId") REFERENCES "Certificate" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "new_Domain" ("certificateId", "createdAt", "forceHttps", "gatewayId", "id", "name", "protocol", "side", "updatedAt", "version", "workspaceId") SELECT "certificateId", "createdAt", "forceHttps", "gatewayId", "id", "name", "protocol", "side", "updatedAt", "version", "workspaceId" FROM "Domain";
DROP TABLE "Domain";
ALTER TABLE "new_Domain" RENAME TO "Domain";
CREATE UNIQUE INDEX "Domain_name_key" ON "Domain"("name");
CREATE INDEX "Domain_gatewayId_idx" ON "Domain"("gatewayId");
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
    "vswitchId" TEXT,
    "securityGroupId" TEXT,
    "vpcDirect" BOOLEAN NOT NULL DEFAULT false,
    "nlb" JSONB NOT NULL DEFAULT '[]',
    "nacos" JSONB NOT NULL DEFAULT '[]',
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
INSERT INTO "new_InferenceService" ("apiPath", "apiType", "balancing", "concurrency", "createdAt", "createdById", "createdByName", "description", "forwardAuthorization", "gatewayId", "healthCheck", "id", "labels", "model", "name", "panicThreshold", "passiveHealth", "protocol", "requestTimeoutMs", "requestsPerSecond", "retries", "running", "runtime", "runtimeConfig", "slowStartMs", "updatedAt", "upstreamCredentialSealed", "upstreamHttp", "version", "vpcId", "workspaceId") SELECT "apiPath", "apiType", "balancing", "concurrency", "createdAt", "createdById", "createdByName", "description", "forwardAuthorization", "gatewayId", "healthCheck", "id", "labels", "model", "name", "panicThreshold", "passiveHealth", "protocol", "requestTimeoutMs", "requestsPerSecond", "retries", "running", "runtime", "runtimeConfig", "slowStartMs", "updatedAt", "upstreamCredentialSealed", "upstreamHttp", "version", "vpcId", "workspaceId" FROM "InferenceService";
DROP TABLE "InferenceService";
ALTER TABLE "new_InferenceService" RENAME TO "InferenceService";
CREATE UNIQUE INDEX "InferenceService_name_key" ON "InferenceService"("name");
CREATE INDEX "InferenceService_workspaceId_idx" ON "InferenceService"("workspaceId");
CREATE INDEX "InferenceService_gatewayId_idx" ON "InferenceService"("gatewayId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "AcmeChallenge_gatewayId_idx" ON "AcmeChallenge"("gatewayId");

-- CreateIndex
CREATE INDEX "PortAllocation_serviceId_idx" ON "PortAllocation"("serviceId");

-- CreateIndex
CREATE UNIQUE INDEX "PortAllocation_gatewayId_door_key" ON "PortAllocation"("gatewayId", "door");
