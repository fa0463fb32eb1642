/*
 * Lets the n-th change of anything in one folder fail, for a test of what a program then does: writes, syncs, and files
 * or folders made, renamed or cut. To be loaded before the C library (LD_PRELOAD). HAIRPIN_FAULTS names a file of 4,096
 * octets that the test maps too:
 *
 *   octet 0   8, how many changes there were since the test set it to 0
 *         8   8, which of them fails, from 1 on; 0 for none
 *        16   8, errno with which it fails
 *        24   8, 0 when only that one fails, 1 when all after it do too
 *        32   the folder, ended by a zero
 *
 * A write that is the first of many to fail is cut in half, as when a disk runs full.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

struct control {
  int64_t seen;
  int64_t nth;
  int64_t error;
  int64_t lasting;
  char folder[4064];
};

static struct control *control;

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void map(void) {
  const char *file = getenv("HAIRPIN_FAULTS");
  int fd = file ? NEXT(open)(file, O_RDWR) : -1;
  if (fd >= 0) {
    void *at = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    control = at == MAP_FAILED ? NULL : at;
    close(fd);
  }
}

static int inside(const char *path) {
  size_t length;
  if (!control || !(length = strlen(control->folder))) return 0;
  return !strncmp(path, control->folder, length) && (!path[length] || path[length] == '/');
}

static int inside_fd(int fd) {
  char link[64], path[4096];
  if (!control) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return inside(path);
}

/* 0: goes on; 1: fails, errno is set; 2: likewise, and is the first of many. */
static int fails(int counted) {
  if (!counted) return 0;
  int64_t seen = __atomic_add_fetch(&control->seen, 1, __ATOMIC_SEQ_CST);
  if (!control->nth || seen < control->nth || (seen > control->nth && !control->lasting)) return 0;
  errno = (int)control->error;
  return seen == control->nth && control->lasting ? 2 : 1;
}

#define OPEN(name)                                                      \
  int name(const char *path, int flags, ...) {                          \
    va_list rest;                                                       \
    va_start(rest, flags);                                              \
    mode_t mode = va_arg(rest, mode_t);                                 \
    va_end(rest);                                                       \
    if (fails((flags & O_CREAT) && inside(path))) return -1;            \
    return NEXT(name)(path, flags, mode);                               \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                    \
  int name(int at, const char *path, int flags, ...) {                  \
    va_list rest;                                                       \
    va_start(rest, flags);                                              \
    mode_t mode = va_arg(rest, mode_t);                                 \
    va_end(rest);                                                       \
    if (fails((flags & O_CREAT) && inside(path))) return -1;            \
    return NEXT(name)(at, path, flags, mode);                           \
  }
OPENAT(openat)
OPENAT(openat64)

ssize_t write(int fd, const void *from, size_t count) {
  int failing = fails(inside_fd(fd));
  if (failing == 1 || (failing && count < 2)) return -1;
  return NEXT(write)(fd, from, failing ? count / 2 : count);
}

#define PWRITE(name, offset_type)                                           \
  ssize_t name(int fd, const void *from, size_t count, offset_type where) { \
    int failing = fails(inside_fd(fd));                                     \
    if (failing == 1 || (failing && count < 2)) return -1;                  \
    return NEXT(name)(fd, from, failing ? count / 2 : count, where);        \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int fd, const struct iovec *from, int count) {
  return fails(inside_fd(fd)) ? -1 : NEXT(writev)(fd, from, count);
}

int fsync(int fd) { return fails(inside_fd(fd)) ? -1 : NEXT(fsync)(fd); }

int fdatasync(int fd) { return fails(inside_fd(fd)) ? -1 : NEXT(fdatasync)(fd); }

int ftruncate(int fd, off_t length) { return fails(inside_fd(fd)) ? -1 : NEXT(ftruncate)(fd, length); }

int ftruncate64(int fd, off64_t length) { return fails(inside_fd(fd)) ? -1 : NEXT(ftruncate64)(fd, length); }

int rename(const char *from, const char *to) { return fails(inside(to)) ? -1 : NEXT(rename)(from, to); }

int mkdir(const char *path, mode_t mode) { return fails(inside(path)) ? -1 : NEXT(mkdir)(path, mode); }
