#include "tests/cli/program.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <thread>

#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

void redirect(int stream, const std::string& path) {
  const int file = open(path.c_str(), O_CREAT | O_WRONLY, 0600);
  if (file < 0 || dup2(file, stream) < 0) _exit(126);
}

}  // namespace

Said run_program(const std::vector<std::string>& arguments, const Environment& environment,
                 const Interruption* interruption) {
  const TempFolder folder;
  const std::string out = (folder.path() / "out").string();
  const std::string err = (folder.path() / "err").string();
  std::vector<std::string> words{RASSOFLOW_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);

  const pid_t child = fork();
  if (child == 0) {
    redirect(STDOUT_FILENO, out);
    redirect(STDERR_FILENO, err);
    for (const char* variable : {"SLURM_CPUS_PER_TASK", "SLURM_ARRAY_TASK_ID",
                                 "AWS_BATCH_JOB_ARRAY_INDEX", "JOB_COMPLETION_INDEX"}) {
      unsetenv(variable);
    }
    for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
    execv(RASSOFLOW_PROGRAM, pointers.data());
    _exit(127);
  }
  if (child < 0) throw std::runtime_error("no process to run the program in");
  if (interruption != nullptr) {
    std::this_thread::sleep_for(interruption->after);
    kill(child, SIGINT);
  }
  int status = 0;
  waitpid(child, &status, 0);
  Said said;
  said.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  said.out = read_text(out);
  said.err = read_text(err);
  return said;
}

}  // namespace rassoflow
