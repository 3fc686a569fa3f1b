import { type Question, questions } from '../question.js';

const english = questions('pgfleet', 'en', [
  ['is everything healthy across all our clouds', 'fleet_check'],
  ['which of our databases can strangers reach from anywhere', 'fleet_check'],
  ['could each server be brought back to last night', 'fleet_check'],
  ['how many postgres servers do we run in total', 'fleet_overview'],
  ['tell me all about orders-primary', 'fleet_get_instance'],
  ['why is the orders database so slow', 'fleet_diagnose_instance'],
  ['replica keeps falling behind, find the cause', 'fleet_diagnose_instance'],
  ['who changed what since Friday', 'fleet_list_events'],
  ['how do staging and production differ', 'fleet_compare'],
  ['has anything drifted from what we saved last week', 'fleet_compare'],
  ['draw a graph of connections over the last day', 'fleet_get_metrics'],
  ['tell me when that change is done', 'wait_for_job'],
  ['yes, go ahead with the plan you showed', 'confirm_operation'],
]);

const korean = questions('pgfleet', 'ko', [
  ['전체 디비 중에 문제 있는 거 있어?', 'fleet_check'],
  ['클라우드별로 DB 몇 대씩 있는지 정리해줘', 'fleet_overview'],
  ['지금 꺼져 있는 서버가 뭐뭐야', 'fleet_overview'],
  ['billing-db 버전이랑 접속 주소 알려줘', 'fleet_get_instance'],
  ['분석 DB가 갑자기 느려졌는데 원인 찾아줘', 'fleet_diagnose_instance'],
  ['어젯밤 전체적으로 무슨 작업 있었어', 'fleet_list_events'],
  ['새벽 3시에 왜 호출 왔는지 봐줘', 'fleet_list_events', 'fleet_check'],
  ['운영이랑 개발 DB 설정 차이점 뽑아줘', 'fleet_compare'],
  ['예전에 저장해둔 상태랑 지금 뭐가 달라졌지', 'fleet_compare'],
  ['지난 일주일 CPU 사용률 그림으로 보여줘', 'fleet_get_metrics'],
  ['방금 돌린 작업 끝날 때까지 기다려줘', 'wait_for_job'],
  ['승인할게, 아까 그 계획대로 진행해', 'confirm_operation'],
]);

/** Questions that the tools over all clouds answer. */
export const fleetQuestions: Question[] = [...english, ...korean];
