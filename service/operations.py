"""Every operation of the service, gathered in `OPERATIONS`, for the API and the worker alike.

A diagram may order any command, whoever moves it: what one process does not know, it would take
for the name of an outside job.
"""

import service.features.access.routes
import service.features.bodies.routes
import service.features.calendar.routes
import service.features.decisions.routes
import service.features.documents.routes
import service.features.events.announce_event
import service.features.events.routes
import service.features.matters.announce_gate_change
import service.features.matters.close_matter
import service.features.matters.draft_approval
import service.features.matters.file_application
import service.features.matters.gather_facts
import service.features.matters.issue_decision
import service.features.matters.keep_record
import service.features.matters.override_gate
import service.features.matters.record_decision
import service.features.matters.record_facts
import service.features.matters.record_gate
import service.features.matters.resume_matter
import service.features.matters.routes
import service.features.matters.suspend_matter
import service.features.meetings.routes
import service.features.pre_evaluation.call_false_material
import service.features.pre_evaluation.complete_evaluation
import service.features.pre_evaluation.end_evaluation
import service.features.pre_evaluation.find_false_call
import service.features.pre_evaluation.find_report
import service.features.pre_evaluation.gather_scores
import service.features.pre_evaluation.gather_team
import service.features.pre_evaluation.keep_comments
import service.features.pre_evaluation.keep_declaration
import service.features.pre_evaluation.keep_discussion
import service.features.pre_evaluation.keep_expert_opinion
import service.features.pre_evaluation.keep_plan
import service.features.pre_evaluation.keep_report
import service.features.pre_evaluation.keep_review
import service.features.pre_evaluation.keep_scores
import service.features.pre_evaluation.keep_self_evaluation
import service.features.pre_evaluation.open_evaluation
import service.features.pre_evaluation.replace_member
import service.features.pre_evaluation.return_report
import service.features.pre_evaluation.routes
import service.features.pre_evaluation.settle_false_call
import service.features.processes.continue_instance
import service.features.processes.fire_timer
import service.features.processes.routes
import service.features.quota.routes
import service.features.rectification.begin_acceptance
import service.features.rectification.begin_work
import service.features.rectification.close_item
import service.features.rectification.decide_extension
import service.features.rectification.end_by_referral
import service.features.rectification.gather_gate_facts
import service.features.rectification.issue_act
import service.features.rectification.issue_notice
import service.features.rectification.keep_plan
import service.features.rectification.mark_overdue
import service.features.rectification.merge_item
import service.features.rectification.record_acceptance
import service.features.rectification.register_item
import service.features.rectification.return_plan
import service.features.rectification.return_to_work
import service.features.rectification.routes
import service.features.rectification.settle_dispute
import service.features.rectification.strike_item
import service.features.rectification.take_close_request
import service.features.tasks.remind_task
import service.features.tasks.routes  # noqa: F401  # imported for what they register
