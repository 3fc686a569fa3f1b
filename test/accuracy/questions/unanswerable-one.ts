import { questions } from '../question.js';

/** What a person at such a server may ask, and what neither a provider nor the fleet does. */
export const unanswerableOneQuestions = [
  ...questions('nhn', 'en', [
    ['send me the invoice of last month as a pdf'],
    ['how many pods are crash looping in the kubernetes namespace'],
  ]),
  ...questions('samsung', 'en', [
    ['point the www CNAME to the new load balancer'],
    ['rewrite this join so that it uses a window function'],
  ]),
  ...questions('naver', 'en', [['will it rain in Seoul tomorrow'], ['flush the redis cache of the shop']]),
  ...questions('cegedim', 'en', [
    ['translate this email to French for the customer'],
    ['roll back the last jenkins deployment of the frontend'],
  ]),
  ...questions('nhn', 'ko', [['이번 달 세금계산서 발행해줘'], ['몽고디비 샤드 하나 추가하고 싶어']]),
  ...questions('samsung', 'ko', [['오늘 점심 뭐 먹을까'], ['도커 이미지 빌드해서 레지스트리에 올려줘']]),
  ...questions('naver', 'ko', [['CDN 캐시 전부 퍼지해줘'], ['메일 서버 SPF 레코드 어떻게 고쳐?']]),
  ...questions('cegedim', 'ko', [['회의실 예약 좀 잡아줘']]),
];
