import { type Question, questions } from '../question.js';

const english = questions('nhn', 'en', [
  ['send last month invoice to accounting'],
  ['scale the kubernetes deployment to five pods'],
  ['write a query that joins customers with orders'],
  ['will it rain in Seoul tomorrow'],
  ['point www.example.com at the new load balancer'],
  ['flush the redis cache'],
  ['translate the release notes into Japanese'],
]);

const korean = questions('nhn', 'ko', [
  ['이번 달 요금 얼마 나왔어'],
  ['쿠버네티스 파드가 자꾸 죽어'],
  ['몽고DB 컬렉션 샤딩 구성해줘'],
  ['도커 이미지 빌드해서 레지스트리에 올려줘'],
  ['웹사이트 도메인 SSL 인증서 갱신해줘'],
  ['이 SELECT 문 좀 튜닝해줘'],
  ['지라 티켓 하나 끊어줘'],
  ['점심 메뉴 추천 좀'],
]);

/** Questions that no operation answers. */
export const unanswerableTwoQuestions: Question[] = [...english, ...korean];
