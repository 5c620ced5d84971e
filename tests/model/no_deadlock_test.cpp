// Whatever pathway passes the checks, no circle of cases waits for one another: once arrivals have
// stopped and time is long enough, every case has ended and every place is free. Pathways are put
// together from steps at random; a step that the rules would refuse is left out, so that what is
// shown after shrinking is small.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "sim/model/compile_pathway.hpp"
#include "sim/scenario/read_scenario.hpp"
#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

enum class Op : std::uint8_t { hold, own, release, work, wait, background, visit, loop, fork };

struct Step {
  Op op = Op::wait;
  unsigned pool = 0;  ///< of the level at which it happens
  unsigned hours = 1;
  std::vector<Step> inside;  ///< of the visit, the loop or the first branch
  std::vector<Step> other_branch;
};

void showValue(const Step& step, std::ostream& out) {
  out << static_cast<int>(step.op) << ":" << step.pool << ":" << step.hours << "[";
  for (const Step& inner : step.inside) showValue(inner, out);
  out << "|";
  for (const Step& inner : step.other_branch) showValue(inner, out);
  out << "]";
}

rc::Gen<std::vector<Step>> steps(int depth) {
  const auto op = rc::gen::weightedElement<Op>({{4, Op::hold},
                                                {4, Op::own},
                                                {3, Op::release},
                                                {1, Op::work},
                                                {2, Op::wait},
                                                {1, Op::background},
                                                {depth > 0 ? 3U : 0U, Op::visit},
                                                {depth > 0 ? 2U : 0U, Op::loop},
                                                {depth > 0 ? 3U : 0U, Op::fork}});
  const auto inner = depth > 0 ? rc::gen::lazy([depth] { return steps(depth - 1); })
                               : rc::gen::just(std::vector<Step>{});
  return rc::gen::resize(
      depth > 0 ? 8 : 4,
      rc::gen::container<std::vector<Step>>(rc::gen::build<Step>(
          rc::gen::set(&Step::op, op), rc::gen::set(&Step::pool, rc::gen::inRange(0U, 3U)),
          rc::gen::set(&Step::hours, rc::gen::inRange(0U, 30U)), rc::gen::set(&Step::inside, inner),
          rc::gen::set(&Step::other_branch, inner))));
}

struct Node {
  std::string name, kind, level, keys;
  std::vector<std::string> next;  ///< of two the first is taken at most twice
};

/// Adds stages one after the other and knows which places a case has at the end of the line.
class Builder {
 public:
  explicit Builder(std::vector<int> ranks) : ranks_(std::move(ranks)) {}

  std::string build(const std::vector<Step>& main_line, unsigned caseload, unsigned ends) {
    add("decide", "");
    add_all(main_line);
    nodes_[last_].next.emplace_back("ended");
    std::string text = std::string(world) +
                       dated("demand", "0.3", "{ from = 2019-02-01, value = 0 }") +
                       dated("people", "2",
                             "{ from = 2019-01-20, value = 1 }, { from = 2019-02-10, value = 2 }, "
                             "{ from = 2019-03-01, value = 1 }, { from = 2019-06-01, value = 2 }");
    for (std::size_t p = 0; p < ranks_.size(); ++p) {
      text += fmt::format(
          "[pools.p{}]\nlevel = \"{}\"\npositions = \"people\"\ncalendar = \"{}\"\ncaseload = {}\n"
          "rank = {}\non_end = \"{}\"\nhand_over_hours = 1\n",
          p, level_of(p), p % 2 == 0 ? "always" : "office", 1 + (caseload + p) % 3, ranks_[p],
          on_end_names[(ends + p) % 3]);
    }
    for (const Node& node : nodes_) {
      text += fmt::format("[stages.{}]\nkind = \"{}\"\nlevel = \"{}\"\n{}", node.name, node.kind,
                          node.level, node.keys);
      if (node.next.size() == 2) {
        text += fmt::format(
            "routes = [ {{ to = \"{}\", probability = 0.5, visits = \"1-2\" }}, {{ to = \"{}\" }} "
            "]\n",
            node.next[0], node.next[1]);
      } else if (node.kind != "fork") {
        text += "next = \"" + node.next.front() + "\"\n";
      }
    }
    return text;
  }

 private:
  static constexpr std::string_view world = R"(format = 1
title = "Any places"
[run]
origin = 2019-01-01
to = 2031-01-01
layer_rate = 1
[levels.force]
[levels.area]
owns_clock = false
[sites.force."A"]
[sites.force."B"]
[sites.area."South"]
[calendars.office]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
hours = ["09:00-12:30", "13:30-17:00"]
[pools.anybody]
level = "force"
positions = 2
[pools.lawyers]
level = "area"
positions = 1
[pools.adviser]
level = "force"
positions = 1
caseload = 2
[stages.report]
kind = "report"
level = "force"
arrivals = "demand"
next = "s0"
[stages.ended]
kind = "outcome"
level = "force"
code = "ended"
[stages.gone]
kind = "outcome"
level = "force"
code = "gone"
[withdrawal.support]
bands = [ { from_day = 0, per_day = 0.01 } ]
held = { pool = "adviser", ratio = 0.3 }
to = "gone"
)";
  static constexpr std::string_view an_hour =
      "delay = { law = \"fixed\", value = 1, unit = \"hours\" }\n";

  static std::string level_of(std::size_t pool) { return pool < 3 ? "force" : "area"; }
  static std::string of_pool(std::size_t pool) { return fmt::format("pool = \"p{}\"\n", pool); }
  static std::string law(const char* key, unsigned hours) {
    return fmt::format("{} = {{ law = \"exponential\", mean = {}, unit = \"hours\" }}\n", key,
                       hours);
  }
  template <class Things>
  static bool has(const Things& things, std::size_t pool) {
    return std::ranges::find(things, pool) != things.end();
  }

  std::size_t add(std::string_view kind, const std::string& keys) {
    Node node{fmt::format("s{}", nodes_.size()), std::string(kind), level_, keys, {}};
    if (!is_in_branch_) node.keys += "withdrawal = \"support\"\n";
    if (last_ != none) nodes_[last_].next.push_back(node.name);
    nodes_.push_back(std::move(node));
    return last_ = nodes_.size() - 1;
  }

  void add_all(const std::vector<Step>& line) {
    for (const Step& step : line) add(step);
  }

  /// Without the place, whether a case may wait for it here.
  bool may_take(std::size_t pool) const {
    return !has(busy_, pool) && std::ranges::all_of(held_, [&](std::size_t other) {
      return ranks_[other] < ranks_[pool];
    });
  }

  void take(std::size_t pool) {
    held_.push_back(pool);
    if (is_in_branch_) taken_.push_back(pool);
  }

  void add(const Step& step) {
    const std::size_t pool = step.pool + (level_ == "area" ? 3 : 0);
    switch (step.op) {
      case Op::hold:
        if (has(held_, pool) || !may_take(pool)) return;
        add("hold", of_pool(pool));
        take(pool);
        return;
      case Op::own:
        if (!has(held_, pool) && !may_take(pool)) return;
        add("work", of_pool(pool) + "mode = \"owner\"\n" + law("effort", step.hours));
        if (!has(held_, pool)) take(pool);
        return;
      case Op::release:
        if (!has(held_, pool) || has(kept_, pool)) return;
        add("release", of_pool(pool));
        std::erase(held_, pool);
        return;
      case Op::work:
        add("work", (level_ == "area" ? "pool = \"lawyers\"\n" : "pool = \"anybody\"\n") +
                        law("effort", step.hours));
        return;
      case Op::background:
        if (level_ == "force" && !is_in_branch_) {
          add("hold", "pool = \"adviser\"\nbackground = true\n");
        }
        return;
      case Op::wait:
        add("wait", law("delay", step.hours));
        return;
      case Op::visit:
        if (level_ == "area") return;
        level_ = "area";
        add_all(step.inside);
        level_ = "force";
        add("decide", "");
        return;
      case Op::loop:
        add_loop(step);
        return;
      case Op::fork:
        if (level_ == "force" && !is_in_branch_) add_fork(step);
        return;
    }
  }

  void add_loop(const Step& step) {
    const std::vector<std::size_t> kept = kept_;
    const std::size_t before = held_.size();
    kept_ = held_;
    const std::size_t head = add("wait", std::string(an_hour));
    add_all(step.inside);
    give_back(before);
    kept_ = kept;
    add("decide", "");
    nodes_[last_].next.push_back(nodes_[head].name);
  }

  void add_fork(const Step& step) {
    const std::vector<std::size_t> kept = kept_;
    const std::size_t before = held_.size();
    kept_ = held_;
    const std::size_t fork = add("fork", "");
    std::vector<std::size_t> ends;
    std::string branches;
    is_in_branch_ = true;
    for (const std::vector<Step>* line : {&step.inside, &step.other_branch}) {
      last_ = none;
      branches +=
          fmt::format("{{ to = \"{}\" }}, ", nodes_[add("wait", std::string(an_hour))].name);
      add_all(*line);
      give_back(before);
      ends.push_back(last_);
      busy_ = std::move(taken_);
      taken_.clear();
    }
    busy_.clear();
    is_in_branch_ = false;
    kept_ = kept;
    last_ = none;
    const std::size_t join = add("join", fmt::format("needs = {}\n", 1 + step.hours % 2));
    for (const std::size_t end : ends) nodes_[end].next.push_back(nodes_[join].name);
    nodes_[fork].keys +=
        fmt::format("join = \"{}\"\nbranches = [ {} ]\n", nodes_[join].name, branches);
  }

  /// Down to as many places as there were, by a visit where it must be.
  void give_back(std::size_t count) {
    const std::string here = level_;
    while (held_.size() > count) {
      level_ = level_of(held_.back());
      add("release", of_pool(held_.back()));
      held_.pop_back();
      if (level_ != here) {
        level_ = here;
        add("decide", "");
      }
    }
  }

  static constexpr std::size_t none = SIZE_MAX;
  std::vector<int> ranks_;  ///< of three pools of the force and three of the Area
  std::vector<Node> nodes_;
  std::size_t last_ = none;
  std::vector<std::size_t> held_;   ///< in the order of taking
  std::vector<std::size_t> kept_;   ///< held since before the loop or the fork
  std::vector<std::size_t> taken_;  ///< by this branch
  std::vector<std::size_t> busy_;   ///< taken by the other branch
  std::string level_ = "force";
  bool is_in_branch_ = false;
};

RC_GTEST_PROP(NoDeadlock, EveryCaseEndsWhateverPlacesItTakes, ()) {
  std::vector<int> ranks{1, 2, 3, 4, 5, 6};
  for (std::size_t i = ranks.size(); i > 1; --i) {
    std::swap(ranks[i - 1], ranks[*rc::gen::inRange<std::size_t>(0, i)]);
  }
  const std::string text =
      Builder{ranks}.build(*steps(2), *rc::gen::inRange(0U, 3U), *rc::gen::inRange(0U, 3U));
  const Diagnostics faults = faults_of(text);
  if (!faults.empty()) RC_FAIL(in_words(faults) + "\n" + text);
  const Pathway pathway = pathway_from(text);
  Trial trial{pathway, *rc::gen::inRange<std::uint64_t>(0, 1000), 0};
  try {
    trial.run_until(pathway.to);
    const TrialState& state = trial.state();
    RC_CLASSIFY(state.cases_reported > 10);
    RC_CLASSIFY(text.find("kind = \"fork\"") != std::string::npos, "a fork");
    RC_CLASSIFY(text.find("probability = 0.5") != std::string::npos, "a loop");
    RC_CLASSIFY(text.find("mode = \"owner\"") != std::string::npos, "an owner's work");
    RC_CLASSIFY(pathway.stages.size() > 20, "more than 20 stages");
    if (state.cases_ended != state.cases_reported) RC_FAIL("cases are left in\n" + text);
    for (const PoolState& pool : state.pools) {
      RC_ASSERT(pool.held == 0U);
      RC_ASSERT(pool.unallocated == 0U);
    }
    trial.finish();
  } catch (const InvariantViolation& violation) {
    RC_FAIL(violation.message + "\n" + text);
  }
}

/// What the checks refuse: half of the cases take a place of `a` and then one of `b`, the others
/// the other way round. Nobody comes out once one of each kind has its first place.
TEST(NoDeadlock, ACircleOfCasesWouldWaitForGoodIfTheChecksLetItPass) {
  const std::string text = gated("2019-01-05", "2029-01-01", 6) + R"(
[pools.a]
positions = 1
caseload = 1
rank = 1
[pools.b]
positions = 1
caseload = 1
rank = 2
[stages.task]
kind = "decide"
routes = [ { to = "a_first", probability = 0.5 }, { to = "b_first" } ]
[stages.a_first]
kind = "hold"
pool = "a"
next = "a_wait"
[stages.a_wait]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "hours" }
next = "b_second"
[stages.b_second]
kind = "hold"
pool = "b"
next = "ended"
[stages.b_first]
kind = "hold"
pool = "b"
next = "b_wait"
[stages.b_wait]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "hours" }
next = "a_second"
[stages.a_second]
kind = "hold"
pool = "a"
next = "ended"
)";
  EXPECT_EQ(faults_of(text).size(), 1U);
  const MemoryFiles files{{}};
  const Pathway pathway =
      compile_pathway(std::get<Scenario>(read_scenario_text("world.toml", text, files)));
  Trial trial{pathway, 1, 0};
  trial.run_until(pathway.to);
  EXPECT_GT(trial.state().cases_reported, 10);
  EXPECT_EQ(trial.state().cases_ended, 0);
}

}  // namespace
}  // namespace rassoflow
