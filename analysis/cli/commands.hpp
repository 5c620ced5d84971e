// The commands of the program: one file each, one line each in the table of main.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rassoflow {

using Arguments = std::vector<std::string>;

struct Command {
  std::string_view name;
  std::string_view description;
  int (*run)(const Arguments& arguments);
};

int run_command(const Arguments& arguments);
int compare_command(const Arguments& arguments);
int sweep_command(const Arguments& arguments);
int merge_command(const Arguments& arguments);
int export_command(const Arguments& arguments);
int check_command(const Arguments& arguments);
int influence_command(const Arguments& arguments);
int list_command(const Arguments& arguments);
int diff_command(const Arguments& arguments);
int explain_command(const Arguments& arguments);
int graph_command(const Arguments& arguments);
int describe_command(const Arguments& arguments);
int new_command(const Arguments& arguments);
int staff_command(const Arguments& arguments);
int trace_command(const Arguments& arguments);
int version_command(const Arguments& arguments);

std::string program_version();
std::string program_commit();

}  // namespace rassoflow
