/* Child processes. */
#ifndef NSELF_HOST_PROCESS_H
#define NSELF_HOST_PROCESS_H

#include "../values.h"
#include "../host.h"

NSELF_BEGIN

#define NSELF_HOST_PROCESS_ID "nself.host.process/1"

/* The child's descriptor `child` is a copy of ours, `parent`. */
typedef struct nself_process_file {
  int32_t child;
  int32_t parent;
} nself_process_file;

typedef struct nself_process_spec {
  nself_strings arguments; /* the first is the program; its path must be granted */
  nself_fields environment; /* all of it: nothing is inherited */
  nself_string directory;  /* empty: the instance's data directory */
  const nself_process_file *files; /* 0, 1, 2 not named: /dev/null */
  size_t file_count;
  uint64_t memory_limit;   /* bytes; 0: none */
  uint64_t stop_timeout;   /* from SIGTERM to SIGKILL when the instance stops */
} nself_process_spec;

/* Exit code, or 128 + signal. The last word about this process. [loop] */
typedef void (*nself_process_exited)(void *context, nself_process process, int32_t code);

typedef struct nself_host_process {
  uint32_t struct_size;
  uint32_t reserved;
  /* Starts a child that does not outlive the instance. id 0 and `error` on
   * failure. Close your ends of `files` afterwards. [any] */
  nself_process (*spawn)(const nself_host *host, const nself_process_spec *spec, void *context,
                         nself_process_exited exited, nself_error *error);
  void (*signal)(const nself_host *host, nself_process process, int32_t number); /* [any] */
} nself_host_process;

NSELF_END

#endif /* NSELF_HOST_PROCESS_H */
