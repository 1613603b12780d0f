/* Appending to the audit trail. */
#ifndef NSELF_HOST_AUDIT_H
#define NSELF_HOST_AUDIT_H

#include "../values.h"
#include "../host.h"
#include "../audit.h"

NSELF_BEGIN

#define NSELF_HOST_AUDIT_ID "nself.host.audit/1"

typedef struct nself_host_audit {
  uint32_t struct_size;
  uint32_t reserved;
  /* Answers once the entry is durable. [any] */
  nself_operation (*append)(const nself_host *host, const nself_audit_entry *entry, void *context,
                            nself_operation_done done);
} nself_host_audit;

NSELF_END

#endif /* NSELF_HOST_AUDIT_H */
