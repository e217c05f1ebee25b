// A blocking server, one connection after another, that tells the size of each of its reads.
// Prints {"port":N}, then one line of JSON for each connection that has ended: the sizes in order.
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof at;
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, (void *)&at, length) || listen(listener, 128)) { perror("listen"); return 1; }
  getsockname(listener, (void *)&at, &length);
  printf("{\"port\":%d}\n", ntohs(at.sin_port));
  fflush(stdout);
  alarm(600);
  for (;;) {
    char bytes[65536];
    const char *comma = "";
    ssize_t size;
    int connection = accept(listener, 0, 0);
    printf("[");
    while ((size = recv(connection, bytes, sizeof bytes, 0)) > 0) {
      printf("%s%zd", comma, size);
      comma = ",";
    }
    printf("]\n");
    fflush(stdout);
    close(connection);
  }
}
