/* What a plugin is, and its one exported function. */
#ifndef NSELF_PLUGIN_H
#define NSELF_PLUGIN_H

#include "host.h"

NSELF_BEGIN

/* How the host may call an instance. */
NSELF_ENUM(uint32_t, nself_concurrency) {
  NSELF_CONCURRENCY_SERIAL = 0,  /* all [loop] functions on one loop; the default */
  NSELF_CONCURRENCY_PARALLEL = 1 /* on every loop at once: keep state per loop */
};

/* How two generations of an instance take turns in a hot swap. */
NSELF_ENUM(uint32_t, nself_handover) {
  NSELF_HANDOVER_NONE = 0,     /* cannot be swapped: needs a restart; the default */
  NSELF_HANDOVER_OVERLAP = 1,  /* new one starts, traffic moves, old one drains */
  NSELF_HANDOVER_EXCLUSIVE = 2 /* old one stops before the new one starts */
};

NSELF_FLAGS(nself_plugin_flags) {
  /* [loop] functions may block: the host calls them on worker threads. */
  NSELF_PLUGIN_MAY_BLOCK = 1u << 0
};

NSELF_ENUM(uint32_t, nself_configure_mode) {
  NSELF_CONFIGURE_VALIDATE = 0, /* check only; change nothing */
  NSELF_CONFIGURE_APPLY = 1     /* before start, and again on reload */
};

/* What a plugin is. One per shared object; any number of instances are made from
 * it, so keep no state outside the instance. */
typedef struct nself_plugin {
  uint32_t struct_size; /* another size than the host's: refused with a message */
  uint32_t abi_version; /* NSELF_ABI_VERSION of the header it was built with */
  nself_plugin_flags flags;
  nself_concurrency concurrency;
  nself_handover handover;
  uint32_t reserved;
  nself_string id;            /* "dev.nself.storage-s3": equal to the manifest */
  nself_string version;       /* semantic version: equal to the manifest */
  nself_string config_schema; /* JSON Schema 2020-12; empty: takes no config */

  /* Makes an instance: keep `host`, fetch its tables. No I/O. [control] */
  nself_status (*create)(const nself_host *host, void **instance, nself_error *error);

  /* Checks or takes over `config`, one JSON object that already satisfies
   * config_schema, with defaults and secrets filled in. All or nothing: on
   * failure the previous configuration stays in force. [control] */
  nself_status (*configure)(void *instance, nself_configure_mode mode, nself_bytes config,
                            nself_error *error);

  /* Opens what it needs. Completing the call means ready for traffic. [control] */
  void (*start)(void *instance, nself_call call, nself_done done);

  /* No new work arrives any more; completes when the last is done. At `deadline`
   * (monotonic) the host cancels what is left. [control] */
  void (*drain)(void *instance, uint64_t deadline, nself_call call, nself_done done);

  /* The swap was called off: work arrives again. [control] */
  void (*resume)(void *instance);

  /* Closes what start opened and joins its own threads. [control] */
  void (*stop)(void *instance, nself_call call, nself_done done);

  /* Frees the instance, started or not. No call into it follows. [control] */
  void (*destroy)(void *instance);

  /* The result of `call` is not wanted any more: complete it soon, with
   * CANCELLED or with its result. Null: calls run to their end. [loop] */
  void (*cancel)(void *instance, nself_call call);

  /* Returns the role table for `id` (zero-terminated), or null. The answer for
   * an id never changes during the life of an instance. [control] */
  const void *(*get_interface)(void *instance, const char *id);
} nself_plugin;

/* The one exported symbol. Returns the description that fits a host of
 * `host_abi_version`, or null when there is none. Must not allocate, start
 * threads or touch the environment: `nself plugin check` calls it too. [control] */
NSELF_EXPORT const nself_plugin *nself_plugin_query(uint32_t host_abi_version);
typedef const nself_plugin *(*nself_plugin_query_fn)(uint32_t host_abi_version);

NSELF_END

#endif /* NSELF_PLUGIN_H */
