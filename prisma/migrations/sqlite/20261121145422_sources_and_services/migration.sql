-- CreateTable
CREATE TABLE "ServiceKeyState" (
    "keyId" TEXT NOT NULL,
    "nodeId" TEXT NOT NULL,
    "serviceId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "since" DATETIME NOT NULL,
    "until" DATETIME,

    PRIMARY KEY ("keyId", "nodeId")
);

-- CreateTable
CREATE TABLE "DiscoveryState" (
    "serviceId" TEXT NOT NULL,
    "nodeId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "since" DATETIME NOT NULL,
    "syncedAt" DATETIME,

    PRIMARY KEY ("serviceId", "nodeId")
);

-- CreateTable
CREATE TABLE "DiscoveredEndpoint" (
    "serviceId" TEXT NOT NULL,
    "nodeId" TEXT NOT NULL,
    "instanceId" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "weight" REAL NOT NULL,

    PRIMARY KEY ("serviceId", "nodeId", "instanceId")
);

-- CreateTable
CREATE TABLE "ModelApiTarget" (
    "modelApiId" TEXT NOT NULL,
    "serviceId" TEXT NOT NULL,

    PRIMARY KEY ("modelApiId", "serviceId"),
    CONSTRAINT "ModelApiTarget_modelApiId_fkey" FOREIGN KEY ("modelApiId") REFERENCES "ModelApi" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "ModelApiTarget_serviceId_fkey" FOREIGN KEY ("serviceId") REFERENCES "Service" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Source" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "gatewayId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "config" JSONB NOT NULL,
    "secretSealed" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Source_gatewayId_fkey" FOREIGN KEY ("gatewayId") REFERENCES "Gateway" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Source" ("config", "createdAt", "gatewayId", "id", "name", "secretSealed", "type", "updatedAt", "version", "workspaceId") SELECT "config", "createdAt", "gatewayId", "id", "name", "secretSealed", "type", "updatedAt", "version", "workspaceId" FROM "Source";
DROP TABLE "Source";
ALTER TABLE "new_Source" RENAME TO "Source";
CREATE INDEX "Source_gatewayId_idx" ON "Source"("gatewayId");
CREATE UNIQUE INDEX "Source_workspaceId_name_key" ON "Source"("workspaceId", "name");
CREATE TABLE "new_Service" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "gatewayId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "source" TEXT NOT NULL,
    "sourceId" TEXT,
    "config" JSONB NOT NULL,
    "requestTimeoutMs" INTEGER NOT NULL DEFAULT 60000,
    "certificateId" TEXT,
    "inferenceServiceId" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Service_gatewayId_fkey" FOREIGN KEY ("gatewayId") REFERENCES "Gateway" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Service_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "Source" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Service_certificateId_fkey" FOREIGN KEY ("certificateId") REFERENCES "Certificate" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Service_inferenceServiceId_fkey" FOREIGN KEY ("inferenceServiceId") REFERENCES "InferenceService" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Service" ("config", "createdAt", "gatewayId", "id", "name", "source", "sourceId", "updatedAt", "version", "workspaceId") SELECT "config", "createdAt", "gatewayId", "id", "name", "source", "sourceId", "updatedAt", "version", "workspaceId" FROM "Service";
DROP TABLE "Service";
ALTER TABLE "new_Service" RENAME TO "Service";
CREATE INDEX "Service_gatewayId_idx" ON "Service"("gatewayId");
CREATE INDEX "Service_sourceId_idx" ON "Service"("sourceId");
CREATE INDEX "Service_certificateId_idx" ON "Service"("certificateId");
CREATE INDEX "Service_inferenceServiceId_idx" ON "Service"("inferenceServiceId");
CREATE UNIQUE INDEX "Service_workspaceId_name_key" ON "Service"("workspaceId", "name");
CREATE TABLE "new_ModelApi" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "gatewayId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "useCase" TEXT NOT NULL,
    "protocol" TEXT NOT NULL,
    "domainIds" JSONB NOT NULL,
    "basePath" TEXT NOT NULL,
    "removeBasePath" BOOLEAN NOT NULL DEFAULT false,
    "routing" JSONB NOT NULL,
    "fallback" JSONB NOT NULL,
    "firstPacketTimeoutMs" INTEGER NOT NULL DEFAULT 0,
    "monitoring" JSONB NOT NULL,
    "plugins" JSONB NOT NULL,
    "disabledRoutes" JSONB NOT NULL,
    "resourceGroup" TEXT NOT NULL DEFAULT 'default',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "ModelApi_gatewayId_fkey" FOREIGN KEY ("gatewayId") REFERENCES "Gateway" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_ModelApi" ("basePath", "createdAt", "disabledRoutes", "domainIds", "enabled", "fallback", "firstPacketTimeoutMs", "gatewayId", "id", "monitoring", "name", "plugins", "protocol", "removeBasePath", "resourceGroup", "routing", "updatedAt", "useCase", "version", "workspaceId") SELECT "basePath", "createdAt", "disabledRoutes", "domainIds", "enabled", "fallback", "firstPacketTimeoutMs", "gatewayId", "id", "monitoring", "name", "plugins", "protocol", "removeBasePath", "resourceGroup", "routing", "updatedAt", "useCase", "version", "workspaceId" FROM "ModelApi";
DROP TABLE "ModelApi";
ALTER TABLE "new_ModelApi" RENAME TO "ModelApi";
CREATE UNIQUE INDEX "ModelApi_name_key" ON "ModelApi"("name");
CREATE INDEX "ModelApi_workspaceId_idx" ON "ModelApi"("workspaceId");
CREATE INDEX "ModelApi_gatewayId_idx" ON "ModelApi"("gatewayId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "ServiceKeyState_nodeId_idx" ON "ServiceKeyState"("nodeId");

-- CreateIndex
CREATE INDEX "ServiceKeyState_serviceId_idx" ON "ServiceKeyState"("serviceId");

-- CreateIndex
CREATE INDEX "DiscoveryState_nodeId_idx" ON "DiscoveryState"("nodeId");

-- CreateIndex
CREATE INDEX "DiscoveredEndpoint_instanceId_idx" ON "DiscoveredEndpoint"("instanceId");

-- CreateIndex
CREATE INDEX "DiscoveredEndpoint_nodeId_idx" ON "DiscoveredEndpoint"("nodeId");

-- CreateIndex
CREATE INDEX "ModelApiTarget_serviceId_idx" ON "ModelApiTarget"("serviceId");
