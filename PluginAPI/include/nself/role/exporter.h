/* Taking metrics, logs and spans away. */
#ifndef NSELF_ROLE_EXPORTER_H
#define NSELF_ROLE_EXPORTER_H

#include "../values.h"
#include "../host.h"
#include "../host/telemetry.h"

NSELF_BEGIN

#define NSELF_ROLE_EXPORTER_ID "nself.role.exporter/1"

typedef struct nself_exporter {
  uint32_t struct_size;
  uint32_t reserved;
  /* Null: not interested in that signal. The host batches, retries UNAVAILABLE
   * and counts what it has to drop. [loop] */
  void (*metrics)(void *self, const nself_metric_point *points, size_t count, nself_call call,
                  nself_done done);
  void (*logs)(void *self, const nself_log_record *records, size_t count, nself_call call,
               nself_done done);
  void (*spans)(void *self, const nself_span *spans, size_t count, nself_call call,
                nself_done done);
} nself_exporter;

NSELF_END

#endif /* NSELF_ROLE_EXPORTER_H */
