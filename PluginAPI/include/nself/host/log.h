/* Log records. */
#ifndef NSELF_HOST_LOG_H
#define NSELF_HOST_LOG_H

#include "../values.h"
#include "../host.h"

NSELF_BEGIN

#define NSELF_HOST_LOG_ID "nself.host.log/1"

/* The numbers are OpenTelemetry severity numbers. */
NSELF_ENUM(uint32_t, nself_log_level) {
  NSELF_LOG_TRACE = 1,
  NSELF_LOG_DEBUG = 5,
  NSELF_LOG_INFO = 9, /* the default for unknown values */
  NSELF_LOG_NOTICE = 10,
  NSELF_LOG_WARNING = 13,
  NSELF_LOG_ERROR = 17,
  NSELF_LOG_CRITICAL = 21
};

typedef struct nself_host_log {
  uint32_t struct_size;
  uint32_t reserved;
  /* The lowest level that is written at the moment; ask before formatting. [any] */
  nself_log_level (*level)(const nself_host *host);
  /* Writes one record; instance, generation and trace ids are added. `call` may
   * be 0. Never blocks: records are counted and dropped under pressure. [any] */
  void (*write)(const nself_host *host, nself_call call, nself_log_level level,
                nself_string message, nself_fields fields);
} nself_host_log;

NSELF_END

#endif /* NSELF_HOST_LOG_H */
