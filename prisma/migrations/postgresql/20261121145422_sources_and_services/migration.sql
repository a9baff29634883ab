-- AlterTable
ALTER TABLE "Service" ADD COLUMN     "certificateId" TEXT,
ADD COLUMN     "description" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "inferenceServiceId" TEXT,
ADD COLUMN     "requestTimeoutMs" INTEGER NOT NULL DEFAULT 60000;

-- CreateTable
CREATE TABLE "ServiceKeyState" (
    "keyId" TEXT NOT NULL,
    "nodeId" TEXT NOT NULL,
    "serviceId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "since" TIMESTAMP(3) NOT NULL,
    "until" TIMESTAMP(3),

    CONSTRAINT "ServiceKeyState_pkey" PRIMARY KEY ("keyId","nodeId")
);

-- CreateTable
CREATE TABLE "DiscoveryState" (
    "serviceId" TEXT NOT NULL,
    "nodeId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "since" TIMESTAMP(3) NOT NULL,
    "syncedAt" TIMESTAMP(3),

    CONSTRAINT "DiscoveryState_pkey" PRIMARY KEY ("serviceId","nodeId")
);

-- CreateTable
CREATE TABLE "DiscoveredEndpoint" (
    "serviceId" TEXT NOT NULL,
    "nodeId" TEXT NOT NULL,
    "instanceId" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "weight" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "DiscoveredEndpoint_pkey" PRIMARY KEY ("serviceId","nodeId","instanceId")
);

-- CreateTable
CREATE TABLE "ModelApiTarget" (
    "modelApiId" TEXT NOT NULL,
    "serviceId" TEXT NOT NULL,

    CONSTRAINT "ModelApiTarget_pkey" PRIMARY KEY ("modelApiId","serviceId")
);

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

-- CreateIndex
CREATE INDEX "Service_sourceId_idx" ON "Service"("sourceId");

-- CreateIndex
CREATE INDEX "Service_certificateId_idx" ON "Service"("certificateId");

-- CreateIndex
CREATE INDEX "Service_inferenceServiceId_idx" ON "Service"("inferenceServiceId");

-- AddForeignKey
ALTER TABLE "Source" ADD CONSTRAINT "Source_gatewayId_fkey" FOREIGN KEY ("gatewayId") REFERENCES "Gateway"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Service" ADD CONSTRAINT "Service_gatewayId_fkey" FOREIGN KEY ("gatewayId") REFERENCES "Gateway"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Service" ADD CONSTRAINT "Service_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "Source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Service" ADD CONSTRAINT "Service_certificateId_fkey" FOREIGN KEY ("certificateId") REFERENCES "Certificate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Service" ADD CONSTRAINT "Service_inferenceServiceId_fkey" FOREIGN KEY ("inferenceServiceId") REFERENCES "InferenceService"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ModelApi" ADD CONSTRAINT "ModelApi_gatewayId_fkey" FOREIGN KEY ("gatewayId") REFERENCES "Gateway"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ModelApiTarget" ADD CONSTRAINT "ModelApiTarget_modelApiId_fkey" FOREIGN KEY ("modelApiId") REFERENCES "ModelApi"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ModelApiTarget" ADD CONSTRAINT "ModelApiTarget_serviceId_fkey" FOREIGN KEY ("serviceId") REFERENCES "Service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
